use axum_scopes_tests::prelude::*;

fn router() -> Router {
    #[security]
    async fn find_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
        Ok(user)
    }

    #[security(scopes = ["items"])]
    async fn read_items(Depends(user): Depends<find_user>) -> String {
        user.0
    }

    // A closure with the name of the function does not have its tree.
    let find_user = || async { "nobody" };
    Router::new().route("/items", get(read_items)).route("/nobody", get(find_user))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(router());
    assert_eq!(app.get("/items").bearer("items").await.text(), "joe");
    assert_eq!(app.get("/items").bearer("").await.status(), 401);
    assert_eq!(app.get("/nobody").bearer("").await.text(), "nobody");
}
