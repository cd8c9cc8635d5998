use axum_scopes_tests::prelude::*;

fn read() -> &'static str {
    "items"
}

#[security(scopes = [read()])]
async fn read_items(_: Depends<get_current_user>) {}

fn main() {}
