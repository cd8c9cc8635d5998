use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(#[security(depends(get_current_active_user))] _: Depends<get_current_user>) {}

fn main() {}
