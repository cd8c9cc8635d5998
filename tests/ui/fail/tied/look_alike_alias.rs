//! A type that looks like `Depends` drops the path, in a function whose return type has no name.

use axum::response::IntoResponse;
use axum_scopes::{dependency::Root, security};
use axum_scopes_tests::get_current_user;

type Depends<D, P> = axum_scopes::Depends<D, Forget<P>>;
type Forget<P> = <P as Forgets>::Forgotten;

trait Forgets {
    type Forgotten;
}

impl<P> Forgets for P {
    type Forgotten = Root;
}

#[security(scopes = ["admin"])]
async fn handler(_: Depends<get_current_user>) -> impl IntoResponse {}

fn main() {}
