use axum::extract::FromRequest;
use axum_scopes_tests::prelude::*;

struct Order;

impl<S: Send + Sync> FromRequest<S> for Order {
    type Rejection = AuthError;

    async fn from_request(_: Request, _: &S) -> Result<Self, AuthError> {
        Ok(Self)
    }
}

#[security]
async fn read_order(_: Order) -> Result<u8, AuthError> {
    Ok(1)
}

#[security]
#[axum::debug_handler]
async fn create_order(Depends(order): Depends<read_order>) -> String {
    order.to_string()
}

fn main() {}
