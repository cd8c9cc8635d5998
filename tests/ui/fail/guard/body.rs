use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

#[security]
async fn signed(body: String) -> Result<(), AuthError> {
    drop(body);
    Ok(())
}

fn main() {
    let _: Router = guard!(depends(signed)).protect(Router::new());
}
