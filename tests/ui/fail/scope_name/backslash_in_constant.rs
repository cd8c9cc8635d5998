use axum_scopes_tests::prelude::*;

const READ: &str = "read\\items";

#[security(scopes = [READ])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
