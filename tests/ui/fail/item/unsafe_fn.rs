use axum_scopes_tests::prelude::*;

#[security]
const unsafe extern "C" fn handler() {}

fn main() {}
