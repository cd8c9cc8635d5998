//! A layer around a handler does not say who may call it.

use axum::handler::Handler;
use axum_scopes::secure::{Router, get};
use tower::layer::util::Identity;

async fn open() {}

fn main() {
    let _: Router = Router::new().route("/", get(open.layer(Identity::new())));
}
