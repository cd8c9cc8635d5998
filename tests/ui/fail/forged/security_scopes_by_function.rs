use axum_scopes_tests::prelude::*;

// A user cannot make a weaker requirement than that of the path.
async fn read_items() -> Result<(), AuthError> {
    SecurityScopes::new(unreachable!(), unreachable!()).check(&Scopes::new())
}

fn main() {}
