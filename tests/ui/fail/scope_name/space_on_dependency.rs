use axum_scopes_tests::prelude::*;

#[security(scopes = ["me items"])]
async fn get_items_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

fn main() {}
