//! The attribute is compiled out, or a macro drops it.

use axum_scopes::secure::{Router, get};
use axum_scopes_tests::prelude::*;

#[cfg_attr(any(), security(scopes = ["items"]))]
async fn read_items() {}

macro_rules! dropping {
    ($(#[$attribute:meta])* async fn $name:ident() $body:block) => {
        async fn $name() $body
    };
}

dropping! {
    #[security(scopes = ["items"])]
    async fn read_more() {}
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items)).route("/more", get(read_more));
}
