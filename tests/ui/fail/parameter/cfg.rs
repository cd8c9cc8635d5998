use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn handler(#[cfg(unix)] _: Depends<get_current_user>) {}

fn main() {}
