//! A reason may contradict what the function itself says.

use axum_scopes::secure::{Router, elsewhere, get, public};
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let _: Router = Router::new().route("/public", get(public("guests may look", read_items)));
    let _: Router = Router::new().route("/elsewhere", get(elsewhere("the mesh decides", read_items)));
}
