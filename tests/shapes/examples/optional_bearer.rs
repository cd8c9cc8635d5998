use axum_scopes_tests::prelude::*;

#[security]
async fn find_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<Option<User>, AuthError> {
    let Some(Bearer(token)) = token else {
        required.check(&["me", "items"])?;
        return Ok(None);
    };
    required.check(&Scopes::from(token.as_str()))?;
    Ok(Some(User(token.as_str().to_owned())))
}

#[security(scopes = ["items"])]
async fn read_items(Depends(user): Depends<find_user>) -> String {
    user.map_or_else(|| "guest".to_owned(), |user| user.0)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "items");
    assert_eq!(app.get("/items").await.text(), "guest");
}
