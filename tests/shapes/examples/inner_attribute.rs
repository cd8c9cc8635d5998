// The body of a generic function begins with `#![…]`, and also contains the checks.

use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items<T: Clone + Send + Sync + 'static>(_: Depends<get_current_user>, _: State<T>) -> &'static str {
    #![allow(unused_variables)]
    let unused = 1;
    "items"
}

#[tokio::main]
async fn main() {
    let app = App::new(Router::new().route("/", get(read_items::<u8>)).with_state(1));
    assert_eq!(app.get("/").bearer("items").await.status(), 200);
    assert_eq!(app.get("/").bearer("me").await.status(), 401);
}
