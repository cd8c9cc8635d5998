use axum_scopes_tests::prelude::*;

#[security(values("tenant"), scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
