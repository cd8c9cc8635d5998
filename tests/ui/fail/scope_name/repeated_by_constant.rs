use axum_scopes_tests::prelude::*;

const READ: &str = "items";

#[security(scopes = ["items", READ])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
