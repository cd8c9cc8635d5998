use axum_scopes_tests::prelude::*;

#[security]
async fn read_order(_: Bearer<Api>, Json(order): Json<u8>) -> Result<u8, AuthError> {
    Ok(order)
}

#[security]
async fn create_order(Depends(order): Depends<read_order>) -> String {
    order.to_string()
}

fn main() {}
