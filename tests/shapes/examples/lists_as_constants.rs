use axum_scopes_tests::prelude::*;

mod lists {
    pub const READER: &[&str] = &["me", "items"];
    pub const NOBODY: &[&str] = &[];
    pub const PAIR: [&str; 2] = ["items", "admin"];
}

#[security(scopes = lists::READER)]
async fn read_items(Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[security(scopes = lists::NOBODY)]
async fn read_nothing(#[security(scopes = &lists::PAIR)] Depends(user): Depends<get_current_user>) -> String {
    user.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)).route("/nothing", get(read_nothing)));
    assert_eq!(app.get("/items").bearer("").await.challenge(), Some("Bearer scope=\"me items\""));
    assert_eq!(app.get("/nothing").bearer("").await.challenge(), Some("Bearer scope=\"items admin\""));
}
