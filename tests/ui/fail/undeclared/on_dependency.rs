use axum_scopes_tests::prelude::*;

#[security(scopes = ["mee"])]
async fn get_active_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

fn main() {}
