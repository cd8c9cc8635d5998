// A body that another macro passes on still carries the checks of its generic function.

use axum_scopes_tests::prelude::*;

macro_rules! route {
    ($name:ident $body:block) => {
        #[security(scopes = ["items"])]
        async fn $name<T: Send + Sync + 'static>(_: State<T>) -> &'static str $body
    };
}

route!(read_items { "items" });

fn main() {}
