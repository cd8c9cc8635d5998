use axum_scopes_tests::prelude::*;
use std::marker::PhantomData;

/// A type whose parameter has a bound, as extractors have.
struct Of<S: OAuth2Scheme>(PhantomData<S>);

trait Named: Send + Sync + 'static {
    fn name() -> &'static str;
}

impl<S: OAuth2Scheme> Named for Of<S> {
    fn name() -> &'static str {
        S::NAME
    }
}

#[security]
async fn get_name<T: Named>(_: Depends<get_current_user>) -> Result<&'static str, AuthError> {
    Ok(T::name())
}

#[security(scopes = ["items"])]
async fn read_items<S: OAuth2Scheme>(Depends(name): Depends<get_name<Of<S>>>) -> &'static str {
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new(Router::new().route("/items", get(read_items::<Api>)));
    assert_eq!(app.get("/items").bearer("items").await.text(), "OAuth2PasswordBearer");
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
}
