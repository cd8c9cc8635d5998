use axum_scopes_tests::prelude::*;

// As an extractor it would show no scopes.
async fn read_items(required: SecurityScopes<'_>) -> String {
    required.scope_str().to_owned()
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
