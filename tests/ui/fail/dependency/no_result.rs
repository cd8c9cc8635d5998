use axum_scopes_tests::prelude::*;

#[security]
async fn user(_: Bearer<Api>) -> User {
    User(String::new())
}

#[security]
async fn handler(Depends(user): Depends<user>) {
    let _ = user;
}

fn main() {}
