//! The other function has the same parameters, but lets everybody in.

use axum_scopes::AccessTable;
use axum_scopes_tests::prelude::*;

#[security(credential_required)]
async fn own(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

async fn other(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {
    let _ = AccessTable::new().route("GET", "/", own).route("GET", "/", other);
}
