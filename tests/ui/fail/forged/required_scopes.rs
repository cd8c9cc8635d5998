use axum_scopes_tests::prelude::*;

// Scopes that no path requires.
fn scopes() -> RequiredScopes<Root> {
    RequiredScopes { requirement: unreachable!(), path: unreachable!() }
}

fn main() {}
