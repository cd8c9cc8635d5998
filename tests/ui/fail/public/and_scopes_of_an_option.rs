use axum_scopes_tests::prelude::*;

#[security(public = "guests may look", scopes = ["items"])]
async fn read_items(_: Option<Depends<get_current_user>>) {}

fn main() {}
