use axum_scopes_tests::prelude::*;

#[derive(axum::extract::FromRequestParts)]
struct Caller {
    user: Depends<get_current_user>,
}

#[security]
async fn handler(caller: Caller) {
    let _ = caller.user;
}

fn main() {
    let _: Router = Router::new().route("/", get(handler));
}
