use axum_scopes_tests::prelude::*;

#[security(scopes = ["admin"])]
async fn guard(Depends(user): Depends<get_current_user>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(user);
    next.run(request).await
}

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>, axum::Extension(user): axum::Extension<User>) -> String {
    user.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)).layer(from_fn(guard)));
    assert_eq!(app.get("/items").bearer("items+admin").await.text(), "joe");
    assert_eq!(app.get("/items").bearer("items").await.challenge(), Some("Bearer scope=\"admin\""));
    assert_eq!(app.get("/items").bearer("admin").await.challenge(), Some("Bearer scope=\"items\""));
}
