use axum_scopes_tests::prelude::*;

// The other function could compare the scopes after this one has returned `Ok`.
#[security]
async fn get_scopes(required: SecurityScopes, _: Bearer<Api>) -> Result<SecurityScopes<'static>, AuthError> {
    Ok(required)
}

fn main() {}
