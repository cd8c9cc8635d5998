//! A public handler asks for a credential with these type arguments.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security(public = "guests may look")]
async fn read_items<T: FromRequestParts<()> + Describe + Send + 'static>(_: T) {}

fn main() {
    let _: Router = Router::new().route("/open", get(read_items::<Option<Bearer<Api>>>));
    let _: Router = Router::new().route("/token", get(read_items::<Bearer<Api>>));
}
