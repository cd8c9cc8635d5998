use axum_scopes_tests::prelude::*;

#[security(cache = true)]
async fn get_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

fn main() {}
