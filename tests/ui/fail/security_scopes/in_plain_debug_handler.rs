use axum_scopes_tests::prelude::*;

// As an extractor it would show no scopes.
#[axum::debug_handler]
async fn read_items(required: SecurityScopes<'static>) -> String {
    required.scope_str().to_owned()
}

fn main() {}
