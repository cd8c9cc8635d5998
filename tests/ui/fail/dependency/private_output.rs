use axum_scopes_tests::prelude::*;

struct Session;

#[security]
pub async fn find_session(_: Bearer<Api>) -> Result<Session, AuthError> {
    Ok(Session)
}

fn main() {}
