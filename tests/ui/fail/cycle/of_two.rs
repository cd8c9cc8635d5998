use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Depends<find_session>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn find_session(_: Depends<find_user>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
