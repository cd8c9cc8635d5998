use axum_scopes_tests::prelude::*;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

#[security(cache, scopes = ["me"])]
async fn count(_: Depends<get_current_user>, State(calls): State<Arc<AtomicUsize>>) -> Result<usize, AuthError> {
    Ok(calls.fetch_add(1, Relaxed))
}

#[security(scopes = ["items"], depends(count))]
async fn read_items(
    Depends(same): Depends<count>,
    #[security(scopes = ["admin"])] Depends(stronger): Depends<count>,
) -> String {
    format!("{same} {stronger}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)).with_state(Arc::default()));
    assert_eq!(app.get("/items").bearer("items+me+admin").await.text(), "0 1");
    assert_eq!(app.get("/items").bearer("items+me+admin").await.text(), "2 3");
    assert_eq!(app.get("/items").bearer("items+me").await.status(), 401);
}
