//! The mounted function is open, but the listed facts would be those of another function.

use axum_scopes::AccessTable;

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
    let _ = AccessTable::new().route("GET", "/report", report);
}
