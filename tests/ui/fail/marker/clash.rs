use axum_scopes_tests::prelude::*;

mod user {}

#[security]
async fn user(_: Bearer<Api>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

fn main() {}
