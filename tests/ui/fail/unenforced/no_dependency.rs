use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn handler() {}

fn main() {}
