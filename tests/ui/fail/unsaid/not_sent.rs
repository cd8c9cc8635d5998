//! What axum says of a handler is not mixed with what this library says.

use std::rc::Rc;

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) -> String {
    let held = Rc::new("items");
    std::future::ready(()).await;
    held.to_string()
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
