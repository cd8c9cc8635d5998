use axum_scopes_tests::prelude::*;

// A user may have the name "items admin", and a client may send this text as a token.
#[security]
async fn get_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    let user = User(token.as_str().to_owned());
    required.check(&user.0)?;
    Ok(user)
}

fn main() {}
