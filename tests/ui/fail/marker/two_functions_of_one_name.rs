use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(_: Bearer<Api>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

#[security]
async fn get_user(_: Bearer<Api>, _: HeaderMap) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

fn main() {}
