use axum_scopes_tests::prelude::*;

// As an extractor, `SecurityScopes` would contain no scopes.
async fn read_items(required: SecurityScopes<'_>) -> String {
    required.scope_str().to_owned()
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
