use axum_scopes_tests::prelude::*;

#[security]
async fn read_order(_: Bearer<Api>, Json(order): Json<String>) -> Result<String, AuthError> {
    Ok(order)
}

#[security]
async fn create_order(_: Option<Depends<read_order>>) -> String {
    String::new()
}

fn main() {}
