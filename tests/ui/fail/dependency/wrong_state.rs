use axum_scopes_tests::prelude::*;

#[derive(Clone)]
struct App;

#[security]
async fn user(_: Bearer<Api>, _: State<App>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

#[security]
#[axum::debug_handler]
async fn handler(_: Depends<user>) {}

fn main() {}
