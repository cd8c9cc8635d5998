// A dependency can have the name of the macro.

use axum_scopes_tests::prelude::*;

#[security(scopes = ["me"])]
async fn guard(_: Depends<get_current_user>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::main]
async fn main() {
    let app = App::new(
        axum_scopes::guard!(scopes = ["items"], depends(guard))
            .protect(Router::new().route("/", get(async || "items"))),
    );
    assert_eq!(app.get("/").bearer("me+items").await.status(), 200);
    assert_eq!(app.get("/").bearer("me").await.challenge(), Some("Bearer scope=\"items me\""));
}
