use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<get_current_user>) -> impl IntoResponse {
    (StatusCode::ACCEPTED, user.0)
}

#[security(scopes = ["me"])]
fn read_user(Depends(user): Depends<get_current_user>) -> impl Future<Output = Result<String, AuthError>> + Send {
    std::future::ready(Ok(user.0))
}

#[security(scopes = ["admin"])]
async fn read_all<T: Send + Sync + 'static>(_: Depends<get_current_user>) -> Result<impl IntoResponse, AuthError> {
    Ok(std::any::type_name::<T>())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(
        Router::new()
            .route("/items", get(read_items))
            .route("/user", get(read_user))
            .route("/all", get(read_all::<u8>)),
    );
    assert_eq!(app.get("/items").bearer("items").await, (202, None, "joe"));
    assert_eq!(app.get("/user").bearer("me").await.text(), "joe");
    assert_eq!(app.get("/all").bearer("admin").await.text(), "u8");
    assert_eq!(app.get("/all").bearer("me").await.status(), 401);
    assert!(Tree::of::<read_items>().to_string().starts_with("read_items [items]\n└─ get_current_user [items]\n"));
}
