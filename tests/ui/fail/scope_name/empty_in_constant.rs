use axum_scopes_tests::prelude::*;

const NONE: &str = "";

#[security(scopes = [NONE])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
