use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(#[security] headers: HeaderMap) -> String {
    headers.len().to_string()
}

fn main() {}
