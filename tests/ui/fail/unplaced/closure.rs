use std::future::{Ready, ready};

use axum_scopes_tests::prelude::*;

fn main() {
    // A function pointer, because the compiler would show the type of a closure with the path of this file.
    let read_items: fn(Depends<get_current_user>) -> Ready<()> = |_| ready(());
    let _: Router = Router::new().route("/items", get(read_items));
}
