// A type that only looks like `Depends` cannot bypass the scopes.

use axum_scopes_tests::prelude::*;

trait Forget {
    type To;
}

impl<P> Forget for P {
    type To = Root;
}

mod other {
    pub type Depends<D, P> = axum_scopes::Depends<D, <P as super::Forget>::To>;
}

#[security(scopes = ["items"])]
async fn read_items(_: other::Depends<get_current_user>) {}

fn main() {}
