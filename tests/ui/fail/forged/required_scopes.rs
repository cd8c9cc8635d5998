use axum_scopes_tests::prelude::*;

// A user cannot make scopes that no path requires.
fn scopes() -> RequiredScopes<Root> {
    RequiredScopes { requirement: unreachable!(), of_path: unreachable!(), path: unreachable!() }
}

fn main() {}
