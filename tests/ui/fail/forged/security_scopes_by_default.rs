use axum_scopes_tests::prelude::*;

// A user cannot make an empty requirement.
async fn read_items() -> Result<(), AuthError> {
    SecurityScopes::default().check(&Scopes::new())
}

fn main() {}
