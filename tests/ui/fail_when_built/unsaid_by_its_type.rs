//! Whether these handlers ask for a credential depends on their type arguments.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security]
async fn read_items<T: FromRequestParts<()> + Describe + Send + 'static>(_: T) {}

fn main() {
    let _: Router = Router::new().route("/token", get(read_items::<Bearer<Api>>));
    let _: Router = Router::new().route("/open", get(read_items::<Option<Bearer<Api>>>));
}
