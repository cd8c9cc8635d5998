use axum_scopes_tests::prelude::*;

#[axum::debug_handler]
async fn handler(_: Depends<get_current_user>) {}

fn main() {
    let _: Router = Router::new().route("/", get(handler));
}
