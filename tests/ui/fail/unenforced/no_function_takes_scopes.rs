use axum_scopes_tests::prelude::*;

#[security]
async fn get_token(Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    Ok(token.as_str().to_owned())
}

#[security(scopes = ["items"])]
async fn read_items(Depends(token): Depends<get_token>) -> String {
    token
}

fn main() {}
