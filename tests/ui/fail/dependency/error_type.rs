use axum_scopes_tests::prelude::*;

struct NotFound;

#[security]
async fn find_user(_: Bearer<Api>) -> Result<User, NotFound> {
    Err(NotFound)
}

#[security]
async fn read_items(Depends(user): Depends<find_user>) -> String {
    user.0
}

fn main() {}
