use axum_scopes_tests::prelude::*;

const LEVEL: u8 = 3;

#[security(scopes = [LEVEL])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
