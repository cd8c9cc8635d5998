use axum_scopes_tests::prelude::*;

async fn find_user() -> Result<User, AuthError> {
    Ok(User("joe".to_owned()))
}

#[security]
async fn read_items(_: Option<Depends<find_user>>) -> String {
    String::new()
}

fn main() {}
