use axum_scopes_tests::prelude::*;

#[security(scopes = [#[cfg(unix)] "items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
