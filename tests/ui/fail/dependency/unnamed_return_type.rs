use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Bearer<Api>) -> impl IntoResponse {
    "joe"
}

#[security]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
