use axum_scopes_tests::prelude::*;

#[security(credential_required = true)]
async fn user(_: Option<Bearer<Api>>) -> Result<String, AuthError> {
    Ok(String::new())
}

fn main() {}
