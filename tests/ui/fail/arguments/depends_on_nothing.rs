use axum_scopes_tests::prelude::*;

#[security(depends())]
async fn read_items() {}

fn main() {}
