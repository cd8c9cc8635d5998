use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

async fn handler() {}

fn main() {
    let _: Router = Router::new().route("/", get(guard!(depends(get_current_user)).protect(handler)));
}
