//! A function that is not `async` and returns a future with a name is not marked.

use std::pin::Pin;

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
fn read_items(_: Depends<get_current_user>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async {})
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
