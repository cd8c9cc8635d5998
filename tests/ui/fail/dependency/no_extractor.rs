use axum_scopes_tests::prelude::*;

struct Page;

#[security]
async fn find_user(_: Bearer<Api>, _: Page) -> Result<User, AuthError> {
    Ok(User(String::new()))
}

#[security]
#[axum::debug_handler]
async fn read_items(Depends(user): Depends<find_user>) -> String {
    user.0
}

fn main() {}
