use axum_scopes::secure::Router;
use axum_scopes_tests::prelude::get;

fn main() {
    let _: Router = Router::new().route("/", get(async || "open"));
}
