// A dependency may have the name of the macro.

use axum_scopes_tests::prelude::*;

#[security(scopes = ["me"])]
async fn guard(_: Depends<get_current_user>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::main]
async fn main() {
    let app: Router = axum_scopes::guard!(scopes = ["items"], depends(guard))
        .protect(Router::new().route("/", get(async || "items")));
    assert_eq!(call(&app, "/", "me+items").await.0, 200);
    assert_eq!(call(&app, "/", "me").await.1.as_deref(), Some("Bearer scope=\"items me\""));
}
