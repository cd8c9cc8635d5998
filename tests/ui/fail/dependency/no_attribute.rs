use axum_scopes_tests::prelude::*;

async fn user(_: Bearer<Api>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

#[security]
async fn handler(Depends(user): Depends<user>) {
    let _ = user;
}

fn main() {}
