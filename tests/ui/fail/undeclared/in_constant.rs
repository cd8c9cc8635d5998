use axum_scopes_tests::prelude::*;

const READ: &str = "item";

#[security(scopes = [READ])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
