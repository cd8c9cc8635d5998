use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(#[security(scopes = ["items"])] _: Bearer<Api>) {}

fn main() {}
