use axum_scopes_tests::prelude::*;

#[security]
fn read_items(_: Depends<get_current_user>) -> Result<impl IntoResponse, AuthError> {
    Ok("items")
}

fn main() {}
