use axum_scopes_tests::prelude::*;

// The tree would count an enforcer that is compiled out.
#[security(scopes = ["items"])]
async fn read_items(#[cfg(target_os = "none")] _: Depends<get_current_user>) {}

fn main() {}
