use axum_scopes_tests::prelude::*;

type CurrentUser = Depends<get_current_user>;

#[security]
async fn read_order(Json(order): Json<u8>) -> Result<u8, AuthError> {
    Ok(order)
}

#[security(scopes = ["itmes"])]
async fn create_order(user: CurrentUser, Depends(order): Depends<read_order>, name: Option<CurrentUser>) -> String {
    format!("{} {order} {}", user.0.0, name.is_some())
}

fn main() {}
