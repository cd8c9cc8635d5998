use axum_scopes_tests::prelude::*;

// A task could compare the scopes after the function has returned `Ok`.
#[security]
async fn get_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    let _ = tokio::spawn(async move { required.check(&Scopes::from(token.as_str())) });
    Ok(())
}

fn main() {}
