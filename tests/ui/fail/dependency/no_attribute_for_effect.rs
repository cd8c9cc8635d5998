use axum_scopes_tests::prelude::*;

async fn write_log(_: HeaderMap) -> Result<(), AuthError> {
    Ok(())
}

#[security(depends(write_log))]
async fn read_items() {}

fn main() {}
