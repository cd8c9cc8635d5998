use axum_scopes_tests::prelude::*;

// The scopes would be there in some builds only.
#[security]
async fn read_items(#[cfg_attr(target_os = "none", security(scopes = ["items"]))] _: Depends<get_current_user>) {}

fn main() {}
