use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(#[security(scopes = ["items"])] _: Option<Bearer<Api>>) -> String {
    String::new()
}

fn main() {}
