use axum_scopes_tests::prelude::*;

// Only some builds would have the second attribute.
#[security(scopes = ["me"])]
#[cfg_attr(unix, security(scopes = ["items"]))]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
