use axum_scopes_tests::prelude::*;

mod get_user {}

#[security]
async fn get_user(_: Bearer<Api>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

fn main() {}
