use axum_scopes_tests::prelude::*;

#[security]
#[tracing::instrument(skip_all, err(Debug))]
async fn find_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    required.check(&Scopes::from(token.as_str()))?;
    Ok(User("ann".into()))
}

#[tracing::instrument(skip_all)]
#[security(scopes = ["me"])]
async fn get_name(Depends(user): Depends<find_user>) -> Result<String, AuthError> {
    Ok(user.0)
}

#[security(scopes = ["items"])]
#[tracing::instrument]
async fn read_items(name: Depends<get_name>) -> String {
    name.0
}

#[tracing::instrument]
#[security(scopes = ["items"])]
async fn read_all(Depends(name): Depends<get_name>) -> String {
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)).route("/all", get(read_all)));
    for path in ["/items", "/all"] {
        assert_eq!(app.get(path).bearer("items me").await.text(), "ann");
        assert_eq!(app.get(path).bearer("items").await.challenge(), Some("Bearer scope=\"items me\""));
    }
}
