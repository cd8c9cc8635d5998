use axum_scopes_tests::prelude::*;

#[security]
async fn read_order(order: Option<Json<u8>>) -> Result<bool, AuthError> {
    Ok(order.is_some())
}

#[security]
async fn create_order(Depends(order): Depends<read_order>) -> String {
    order.to_string()
}

fn main() {}
