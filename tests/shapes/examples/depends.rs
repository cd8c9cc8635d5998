use axum_scopes_tests::prelude::*;

mod audit {
    use axum_scopes_tests::prelude::*;

    #[security]
    pub async fn write_log(required: RequiredScopes, headers: HeaderMap) -> Result<usize, AuthError> {
        Ok(required.scopes().len() + headers.len())
    }

    #[security(scopes = ["admin"])]
    pub async fn only_for<T: Send + Sync + 'static>(_: Depends<get_current_user>) -> Result<(), AuthError> {
        Ok(())
    }
}

#[security(scopes = ["items"], depends(get_current_active_user, audit::write_log, audit::only_for<u8>))]
async fn read_items(required: RequiredScopes) -> String {
    required.scope_str().to_owned()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items)));
    assert_eq!(app.get("/items").bearer("items+me+admin").await.text(), "items");
    assert_eq!(app.get("/items").bearer("items+me").await.challenge(), Some("Bearer scope=\"items admin\""));
    assert_eq!(
        Tree::of::<read_items>().to_string(),
        "\
read_items [items]
├─ get_current_active_user [items me]
│  └─ get_current_user [items me]
│     ├─ SecurityScopes
│     └─ OAuth2PasswordBearer
├─ write_log [items]
│  └─ RequiredScopes
├─ only_for [items admin]
│  └─ get_current_user [items admin]
│     ├─ SecurityScopes
│     └─ OAuth2PasswordBearer
└─ RequiredScopes
"
    );
}
