use axum_scopes_tests::prelude::*;

#[security(scope = ["items"], scopes = "me", cache = true, cache)]
async fn read_items(#[cfg(unix)] _: Depends<get_current_user>, #[security(cache)] _: Depends<get_current_user>) {}

fn main() {}
