use axum::extract::ws::WebSocketUpgrade;
use axum_scopes_tests::prelude::*;

#[security(scopes = ["items"])]
async fn watch_items(Depends(user): Depends<get_current_user>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|mut socket| async move {
        let _ = socket.send(user.0.into()).await;
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(watch_items)));
    assert_eq!(app.get("/items").bearer("me").await.challenge(), Some("Bearer scope=\"items\""));
    assert_eq!(app.get("/items").bearer("items").await.status(), 400);
}
