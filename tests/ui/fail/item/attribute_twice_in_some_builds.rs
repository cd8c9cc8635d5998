use axum_scopes_tests::prelude::*;

// The second attribute would be there in some builds only.
#[security(scopes = ["me"])]
#[cfg_attr(unix, security(scopes = ["items"]))]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
