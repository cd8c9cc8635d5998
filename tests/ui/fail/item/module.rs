use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
mod items {}

fn main() {}
