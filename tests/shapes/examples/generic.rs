use axum_scopes_tests::prelude::*;

trait Store: Clone + Send + Sync + 'static {
    fn name(&self) -> &'static str;
}

#[derive(Clone)]
struct Memory;

impl Store for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }
}

#[security(scopes = ["me"])]
async fn find_user<S: Store>(
    Depends(user): Depends<get_current_user>,
    State(store): State<S>,
) -> Result<User, AuthError> {
    Ok(User(format!("{} of {}", user.0, store.name())))
}

#[security]
async fn page<const SIZE: usize, const WRAP: bool>() -> Result<[u8; SIZE], AuthError> {
    Ok([WRAP.into(); SIZE])
}

#[security(scopes = ["items"])]
async fn read_items<S>(Depends(user): Depends<find_user<S>>, Depends(page): Depends<page<3, true>>) -> String
where
    S: Store,
{
    format!("{} {page:?}", user.0)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items::<Memory>)).with_state(Memory));
    assert_eq!(app.get("/items").bearer("items+me").await.text(), "joe of memory [1, 1, 1]");
    assert_eq!(app.get("/items").bearer("items").await.challenge(), Some("Bearer scope=\"items me\""));
    let tree = Tree::of::<read_items<Memory>>().to_string();
    assert!(tree.starts_with("read_items [items]\n├─ find_user [items me]\n"));
}
