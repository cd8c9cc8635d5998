use axum_scopes_tests::prelude::*;

#[security]
async fn order(_: Bearer<Api>, Json(order): Json<u8>) -> Result<u8, AuthError> {
    Ok(order)
}

#[security]
async fn handler(Depends(order): Depends<order>) {
    let _ = order;
}

fn main() {}
