use axum_scopes_tests::prelude::*;

#[security(credential_required)]
async fn user(Bearer(token): Bearer<Api>, _: Option<State<()>>) -> Result<String, AuthError> {
    Ok(token.as_str().to_owned())
}

fn main() {}
