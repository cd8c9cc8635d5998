use axum_scopes_tests::prelude::*;

#[security]
#[axum::debug_handler]
async fn handler(required: SecurityScopes) {
    let _ = required;
}

fn main() {}
