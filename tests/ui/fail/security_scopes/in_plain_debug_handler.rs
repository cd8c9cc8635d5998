use axum_scopes_tests::prelude::*;

// As an extractor, `SecurityScopes` would contain no scopes.
#[axum::debug_handler]
async fn read_items(required: SecurityScopes<'static>) -> String {
    required.scope_str().to_owned()
}

fn main() {}
