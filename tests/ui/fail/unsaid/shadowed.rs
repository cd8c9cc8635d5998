//! A local function shadows an imported one that has the attribute.

use axum_scopes::secure::{Router, get};

mod protected {
    use axum_scopes::{Depends, security};
    use axum_scopes_tests::get_current_user;

    #[security(scopes = ["admin"])]
    pub(crate) async fn report(_: Depends<get_current_user>) {}
}

#[allow(unused_imports)]
use protected::*;

async fn report() {}

fn main() {
    let _: Router = Router::new().route("/report", get(report));
}
