use axum_scopes_tests::prelude::*;

#[security(depends(get_current_user, get_current_user))]
async fn read_items() {}

fn main() {}
