use axum_scopes_tests::prelude::*;

#[security]
struct Service;

fn main() {}
