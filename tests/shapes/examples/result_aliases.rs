use axum_scopes_tests::prelude::*;

type Checked<T> = std::result::Result<T, AuthError>;
type Found = Checked<User>;

mod api {
    pub type Result<T, E = axum_scopes::AuthError> = std::result::Result<T, E>;
    pub type Response<T> = Result<T>;
    pub type Json<T> = Result<T>;
}

#[derive(Debug)]
enum Refused {
    Gone,
    Auth(AuthError),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Gone => StatusCode::GONE.into_response(),
            Self::Auth(error) => error.into_response(),
        }
    }
}

#[security]
async fn find_user(Depends(user): Depends<get_current_user>) -> Found {
    Ok(user)
}

#[security]
async fn find_name(Depends(user): Depends<find_user>) -> api::Result<String> {
    Ok(user.0)
}

#[security]
async fn find_length(Depends(name): Depends<find_name>) -> api::Response<usize> {
    Ok(name.len())
}

/// A function with any alias of `Result` can enforce scopes.
#[security]
async fn find_token(required: SecurityScopes, Bearer(token): Bearer<Api>) -> api::Json<usize> {
    required.check(&Scopes::from("me items")).map(|()| token.as_str().len())
}

#[security]
async fn find_item(
    _: Depends<find_length>,
    _: Depends<find_token>,
    Depends(name): Depends<find_name>,
) -> Result<u8, Refused> {
    if name.is_empty() { Err(Refused::Auth(AuthError::forbidden("Not the owner"))) } else { Err(Refused::Gone) }
}

#[security]
async fn language() -> Result<&'static str, std::convert::Infallible> {
    Ok("en")
}

#[security(scopes = ["items"])]
async fn read_item(Depends(language): Depends<language>, Depends(item): Depends<find_item>) -> String {
    format!("{language} {item}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/item", get(read_item)));
    assert_eq!(app.get("/item").bearer("items").await.status(), 410);
}
