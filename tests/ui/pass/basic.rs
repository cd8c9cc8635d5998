use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn handler(_: Depends<get_current_user>) {}

fn main() {
    let _: Router = Router::new().route("/", get(handler));
}
