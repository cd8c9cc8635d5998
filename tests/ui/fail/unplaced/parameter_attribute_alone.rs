use axum_scopes_tests::prelude::*;

// Without the attribute of the function, that of the parameter means nothing.
async fn read_items(#[security(scopes = ["items"])] _: Depends<get_current_user>) {}

fn main() {}
