use axum_scopes_tests::prelude::*;

#[security]
async fn first(_: Depends<second>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn second(_: Depends<first>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
