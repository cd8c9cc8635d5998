use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Depends<find_session>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn find_session(_: Depends<find_device>) -> Result<(), AuthError> {
    Ok(())
}

#[security(depends(find_user))]
async fn find_device() -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
