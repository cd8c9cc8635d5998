use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(required: SecurityScopes, #[cfg(unix)] token: Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.0.as_str()))
}

fn main() {}
