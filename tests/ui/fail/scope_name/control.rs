use axum_scopes_tests::prelude::*;

#[security(scopes = ["items\r\nSet-Cookie: a=b"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
