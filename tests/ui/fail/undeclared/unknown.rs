use axum_scopes_tests::prelude::*;

#[security(scopes = ["billing"])]
async fn handler(_: Depends<get_current_user>) {}

fn main() {}
