use axum_scopes_tests::prelude::*;

#[security]
fn find_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    required.check(&Scopes::from(token.as_str()))?;
    Ok(User("ann".into()))
}

#[security(cache)]
fn get_name(Depends(user): Depends<find_user>) -> Result<String, AuthError> {
    Ok(user.0)
}

#[security(scopes = ["items"])]
async fn read_items(Depends(name): Depends<get_name>) -> String {
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "ann");
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
}
