use axum_scopes_tests::prelude::*;

// A user cannot make a weaker requirement than that of the path.
async fn read_items() -> Result<(), AuthError> {
    let required = SecurityScopes { requirement: unreachable!(), checked: unreachable!(), given: unreachable!() };
    required.check(&Scopes::new())
}

fn main() {}
