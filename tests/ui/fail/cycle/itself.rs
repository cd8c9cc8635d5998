use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Depends<find_user>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

fn main() {}
