use axum_scopes_tests::prelude::*;

#[security]
async fn read_order(Json(order): Json<u8>) -> Result<u8, AuthError> {
    Ok(order)
}

#[security]
async fn price_order(Depends(order): Depends<read_order>) -> Result<u8, AuthError> {
    Ok(order)
}

#[security]
async fn create_order(Depends(price): Depends<price_order>) -> String {
    price.to_string()
}

fn main() {}
