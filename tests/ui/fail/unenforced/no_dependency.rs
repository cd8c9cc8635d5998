use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items() {}

fn main() {}
