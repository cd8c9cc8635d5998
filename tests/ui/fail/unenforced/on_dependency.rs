use axum_scopes_tests::prelude::*;

#[security(scopes = ["me"])]
async fn get_token(Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    Ok(token.as_str().to_owned())
}

fn main() {}
