use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(required: SecurityScopes) -> String {
    required.scope_str().to_owned()
}

fn main() {}
