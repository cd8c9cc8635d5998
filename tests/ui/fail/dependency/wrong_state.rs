use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct Shop;

#[derive(Clone)]
struct Bank;

#[security]
async fn find_user(_: Bearer<Api>, State(_): State<Shop>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

#[security]
#[axum::debug_handler(state = Bank)]
async fn read_items(Depends(user): Depends<find_user>) -> String {
    user.0
}

fn main() {}
