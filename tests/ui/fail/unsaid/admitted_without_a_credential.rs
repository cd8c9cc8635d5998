use axum_scopes::{guard, secure::Router};
use axum_scopes_tests::prelude::{get, security, AuthError};

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

fn main() {
    let other = axum::Router::new().route("/", get(async || "open"));
    let _: Router = Router::new().nest("/other", guard!(depends(opening_hours)).admit(other));
}
