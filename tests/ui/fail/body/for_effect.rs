use axum_scopes_tests::prelude::*;

#[security]
async fn audit_order(Json(_): Json<u8>) -> Result<(), AuthError> {
    Ok(())
}

#[security(depends(audit_order))]
async fn create_order() {}

fn main() {}
