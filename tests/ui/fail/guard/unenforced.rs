use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

#[security]
async fn language() -> Result<&'static str, AuthError> {
    Ok("en")
}

fn main() {
    let _: Router = guard!(scopes = ["admin"], depends(language)).protect(Router::new());
}
