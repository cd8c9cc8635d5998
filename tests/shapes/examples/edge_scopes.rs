use axum_scopes_tests::prelude::*;

#[security]
async fn read_items(
    #[security(scopes = ["items"])] _: Depends<get_current_user>,
    Depends(user): Depends<get_current_user>,
) -> String {
    user.0
}

#[security(scopes = ["admin"])]
async fn read_all(
    #[security(scopes = ["items", "me"])] _: Depends<get_current_active_user>,
    #[security(scopes = ["admin"])] Depends(user): Depends<get_current_user>,
) -> String {
    user.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)).route("/all", get(read_all)));
    assert_eq!(app.get("/items").bearer("").await.challenge(), Some("Bearer scope=\"items\""));
    assert_eq!(app.get("/all").bearer("").await.challenge(), Some("Bearer scope=\"admin items me\""));
    assert_eq!(app.get("/all").bearer("me+items+admin").await.text(), "joe");
}
