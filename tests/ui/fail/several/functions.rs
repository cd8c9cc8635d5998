use axum_scopes_tests::prelude::*;

#[security(scopes = ["itmes"])]
async fn get_items_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

#[security(scopes = ["mee"])]
async fn read_items(Depends(user): Depends<get_items_user>) -> String {
    user.0
}

fn main() {}
