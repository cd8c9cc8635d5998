use axum_scopes_tests::prelude::*;

// Only some builds would have the scopes.
#[security]
async fn read_items(#[cfg_attr(target_os = "none", security(scopes = ["items"]))] _: Depends<get_current_user>) {}

fn main() {}
