use axum_scopes_tests::prelude::*;

#[security(crate = "axum_scopes")]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
