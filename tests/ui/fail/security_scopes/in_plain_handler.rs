use axum_scopes_tests::prelude::*;

async fn handler(required: SecurityScopes<'_>) {
    let _ = required;
}

fn main() {
    let _: Router = Router::new().route("/", get(handler));
}
