use axum_scopes_tests::prelude::*;

fn main() {
    let _: Router = Router::new().route("/items", get(#[security] async |_: Depends<get_current_user>| {}));
}
