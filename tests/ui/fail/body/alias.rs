use axum_scopes_tests::prelude::*;

type Order = Json<u8>;

#[security]
async fn read_order(Json(order): Order) -> Result<u8, AuthError> {
    Ok(order)
}

#[security]
async fn create_order(Depends(order): Depends<read_order>) -> String {
    order.to_string()
}

fn main() {}
