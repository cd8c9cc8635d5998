use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Bearer<Api>) -> Option<User> {
    None
}

#[security]
async fn read_items(Depends(user): Depends<find_user>) -> String {
    user.0
}

fn main() {}
