use axum_scopes::secure::Router;
use axum_scopes_tests::prelude::get;

fn main() {
    let other = axum::Router::new().route("/", get(async || "open"));
    let _: Router = Router::new().merge(other.clone()).nest("/other", other);
}
