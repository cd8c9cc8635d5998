use axum_scopes::secure::{Router, get, post};
use axum_scopes_tests::prelude::*;

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn shop(_: Depends<opening_hours>) {}

#[security]
async fn order(_: HeaderMap) -> Result<(), AuthError> {
    Ok(())
}

fn main() {
    let _: Router = Router::new().route("/shop", get(shop).post(order)).route("/order", post(order));
}
