use axum_scopes_tests::prelude::*;

// A scheme that is a type parameter without its bound would mean nothing to the checks.
#[security]
async fn get_user<S: Send + Sync + 'static>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

fn main() {}
