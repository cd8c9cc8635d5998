use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Bearer(token): Bearer<Api>) -> String {
    token.as_str().to_owned()
}

fn main() {}
