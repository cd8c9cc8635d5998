use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

async fn plain() -> Result<(), AuthError> {
    Ok(())
}

fn main() {
    let _: Router = guard!(depends(plain)).protect(Router::new());
}
