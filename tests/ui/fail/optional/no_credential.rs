use axum_scopes_tests::prelude::*;

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn read_items(_: Option<Depends<opening_hours>>) -> String {
    String::new()
}

fn main() {}
