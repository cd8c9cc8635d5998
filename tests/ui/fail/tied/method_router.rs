use axum_scopes::AccessTable;
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {
    let _ = AccessTable::new().route("GET", "/items", get(read_items));
}
