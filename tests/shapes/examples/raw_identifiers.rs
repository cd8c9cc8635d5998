use axum_scopes_tests::prelude::*;

#[security]
async fn r#type(Depends(r#fn): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(r#fn)
}

#[security(scopes = ["items"], depends(r#type))]
async fn r#match(r#struct: Depends<r#type>) -> String {
    r#struct.0.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(r#match)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "joe");
    assert!(Tree::of::<r#match>().to_string().starts_with("match [items]\n├─ type [items]\n"));
}
