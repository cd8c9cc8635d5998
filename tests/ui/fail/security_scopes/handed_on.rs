use axum_scopes_tests::prelude::*;

// Whoever is handed the scopes could compare them after the function has returned `Ok`.
#[security]
async fn get_scopes(required: SecurityScopes, _: Bearer<Api>) -> Result<SecurityScopes<'static>, AuthError> {
    Ok(required)
}

fn main() {}
