//! Several optional users of one function, and functions that require one of several credentials.

use super::*;

#[tokio::test]
async fn several_optional_users_are_independent() {
    #[security(scopes = ["items"])]
    async fn both(user: Option<Depends<user>>, partner: Option<Depends<partner>>) -> String {
        format!("{} {}", name(user), name(partner))
    }
    let app = app(get(both));
    assert_eq!(app.get("/").await, accepted("nobody nobody"));
    assert_eq!(app.get("/").bearer("items").await, accepted("user nobody"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("nobody partner"));
    assert_eq!(app.get("/").bearer("items").header("x-key", "items").await, accepted("user partner"));
    assert_eq!(app.get("/").bearer("items").header("x-key", "me").await.status(), 401);
    assert_eq!(app.get("/").bearer("me").header("x-key", "items").await.status(), 401);
}

/// A function with `credential_required` chooses among dependencies as among credentials.
#[tokio::test]
async fn one_of_several_optional_users_can_be_required() {
    #[security(credential_required, scopes = ["items"])]
    async fn one(user: Option<Depends<user>>, _: Option<Depends<partner>>) -> Result<String, AuthError> {
        Ok(name(user))
    }
    let app = app(get(one));
    assert_eq!(app.get("/").await, not_authenticated());
    assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    assert_eq!(app.get("/").header("x-key", "items").await, accepted("nobody"));
    assert_eq!(app.get("/").header("x-key", "items").bearer("!").await, not_validated("items"));
    assert_eq!(one(None, None).await.unwrap_err().status(), 401, "a direct call, too");
}

/// Its refusal without a credential is the library's.
#[tokio::test]
async fn a_function_that_requires_one_of_several_credentials_can_be_optional() {
    #[security(credential_required)]
    async fn somebody(token: Option<Bearer<Api>>, _: Option<ApiKeyCookie<Session>>) -> Result<User, AuthError> {
        Ok(User(if token.is_some() { "user" } else { "session" }.to_owned()))
    }
    #[security]
    async fn handler(user: Option<Depends<somebody>>) -> String {
        name(user)
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").bearer("x").await, accepted("user"));
    assert_eq!(app.get("/").cookie("session", "x").await, accepted("session"));
    assert_eq!(app.get("/").cookie("session", "").await, not_authenticated());
}
