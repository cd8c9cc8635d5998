//! A dependency that takes `SecurityScopes` is no handler, so no route has it.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

fn main() {
    let _: Router = Router::new().route("/", get(get_current_user));
}
