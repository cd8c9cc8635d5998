use axum_scopes_tests::prelude::*;

// A requirement of nothing.
async fn read_items() -> Result<(), AuthError> {
    SecurityScopes::default().check(&Scopes::new())
}

fn main() {}
