use axum_scopes_tests::prelude::*;

#[axum::debug_handler]
async fn read_items(required: RequiredScopes) -> String {
    required.scope_str().to_owned()
}

fn main() {}
