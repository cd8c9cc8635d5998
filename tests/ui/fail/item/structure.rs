use axum_scopes_tests::prelude::*;

#[security]
struct Items;

fn main() {}
