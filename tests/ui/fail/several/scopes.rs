use axum_scopes_tests::prelude::*;

const NONE: &str = "";

#[security(scopes = ["itmes", "read items", NONE, "billing"])]
async fn read_items(#[security(scopes = ["admn", "me", "me"])] _: Depends<get_current_user>) {}

fn main() {}
