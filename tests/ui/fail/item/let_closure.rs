use axum_scopes_tests::prelude::*;

fn main() {
    #[security(scopes = ["items"])]
    let read_items = async |_: Depends<get_current_user>| {};
}
