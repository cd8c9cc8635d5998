use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(_: Bearer<Api>) -> Result<impl Clone, AuthError> {
    Ok("joe")
}

#[security]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
