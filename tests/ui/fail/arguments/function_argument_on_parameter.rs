use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(#[security(cache)] _: Depends<get_current_user>) {}

fn main() {}
