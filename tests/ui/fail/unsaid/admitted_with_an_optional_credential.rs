//! A guard that only looks at a credential lets everybody in.

use axum_scopes::{guard, secure::Router};
use axum_scopes_tests::prelude::{Api, AuthError, Bearer, Scopes, SecurityScopes, get, security};

#[security]
async fn guest(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn guest_or_user(required: SecurityScopes, _: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

fn main() {
    let other = axum::Router::new().route("/", get(async || "open"));
    let _: Router = Router::new().nest("/guest", guard!(depends(guest)).admit(other.clone()));
    let _: Router = Router::new().nest("/user", guard!(depends(guest_or_user)).admit(other));
}
