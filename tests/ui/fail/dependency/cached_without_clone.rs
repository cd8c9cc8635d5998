use axum_scopes_tests::prelude::*;

struct Session;

#[security(cache)]
async fn get_session(_: Bearer<Api>) -> Result<Session, AuthError> {
    Ok(Session)
}

fn main() {}
