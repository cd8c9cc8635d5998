use axum_scopes_tests::prelude::*;

#[allow(non_camel_case_types)]
type session = u8;

#[security]
async fn session(_: Bearer<Api>) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

fn main() {}
