use axum_scopes_tests::prelude::*;

// The attribute of the parameter has no meaning without that of the function.
async fn read_items(#[security(scopes = ["items"])] _: Depends<get_current_user>) {}

fn main() {}
