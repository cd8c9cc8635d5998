use axum_scopes_tests::prelude::*;

#[security(cache, scopes = ["me"], cache)]
async fn get_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

fn main() {}
