use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"] cache)]
async fn get_items_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

fn main() {}
