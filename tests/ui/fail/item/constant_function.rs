use axum_scopes_tests::prelude::*;

#[security]
const fn limit(_: Bearer<Api>) -> Result<usize, AuthError> {
    Ok(10)
}

fn main() {}
