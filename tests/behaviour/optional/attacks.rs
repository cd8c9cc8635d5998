//! Attempts to pass as a stranger, or as somebody else, through an optional dependency or through `either`.

use axum::extract::FromRequestParts;
use axum_scopes::{credential::ApiKeyQuery, either};
use axum_scopes_test_support::logged;

use super::*;

#[tokio::test]
async fn a_malformed_authorization_header_is_no_missing_credential() {
    let app = app(get(greet));
    for value in
        ["Bearer", "Bearer ", "bearer\titems", "Bearer,items", "Beareritems", "Bearer \u{e9}", "DPoP items", "\u{e9}"]
    {
        let answer = app.get("/").header("authorization", value.as_bytes()).await;
        assert_eq!(answer.status(), 401, "{value:?}");
    }
}

#[tokio::test]
async fn two_authorization_headers_are_no_missing_credential() {
    let app = app(get(greet));
    for values in [["Bearer items", "Bearer items"], ["Basic YTpi", "Bearer items"], ["Basic YTpi", "Basic YTpi"]] {
        assert_eq!(app.get("/").headers("authorization", values).await, not_authenticated(), "{values:?}");
    }
}

#[tokio::test]
async fn an_empty_or_repeated_key_is_no_missing_credential() {
    #[security]
    async fn feed(ApiKeyQuery(_): ApiKeyQuery<Partner>) -> Result<User, AuthError> {
        Ok(User("feed".to_owned()))
    }
    #[security]
    async fn handler(
        partner: Option<Depends<partner>>,
        session: Option<Depends<session>>,
        feed: Option<Depends<feed>>,
    ) -> String {
        format!("{} {} {}", name(partner), name(session), name(feed))
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").await, accepted("nobody nobody nobody"));
    assert_eq!(app.get("/").header("x-key", "").await.status(), 401);
    assert_eq!(app.get("/").headers("x-key", ["me", "me"]).await.status(), 401);
    assert_eq!(app.get("/").cookie("session", "").await.status(), 401);
    assert_eq!(app.get("/").header("cookie", "session").await.status(), 401);
    assert_eq!(app.get("/").cookie("session", "a").cookie("session", "b").await.status(), 401);
    for uri in ["/?x-key", "/?x-key=", "/?x-key=a&x-key=b"] {
        assert_eq!(app.get(uri).await.status(), 401, "{uri}");
    }
}

/// The dependency requires a cookie and a header.
#[tokio::test]
async fn one_of_two_required_credentials_is_no_missing_credential() {
    #[security]
    async fn both(_: Depends<user>, _: Depends<session>) -> Result<User, AuthError> {
        Ok(User("both".to_owned()))
    }
    #[security]
    async fn handler(user: Option<Depends<both>>) -> String {
        name(user)
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").bearer("items").await.status(), 401);
    assert_eq!(app.get("/").cookie("session", "items").await.status(), 401);
    assert_eq!(app.get("/").bearer("items").cookie("session", "items").await, accepted("both"));
}

/// An extractor of the dependency takes the header out of the request before the credential is read.
#[tokio::test]
async fn a_credential_that_an_extractor_removes_is_no_missing_credential() {
    struct Clean;
    impl<S: Sync> FromRequestParts<S> for Clean {
        type Rejection = std::convert::Infallible;

        async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
            parts.headers.remove("authorization");
            Ok(Self)
        }
    }
    #[security]
    async fn cleaned(_: Clean, _: Bearer<Api>) -> Result<User, AuthError> {
        Ok(User("somebody".to_owned()))
    }
    #[security]
    async fn handler(user: Option<Depends<cleaned>>) -> String {
        name(user)
    }
    assert_eq!(app(get(handler)).get("/").bearer("items!").await, not_authenticated());
}

/// The error type of a service, with a refusal in it.
enum Wrapped {
    Auth(AuthError),
    Hidden(AuthError, StatusCode),
}

impl From<AuthError> for Wrapped {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl IntoResponse for Wrapped {
    fn into_response(self) -> Response {
        match self {
            Self::Auth(error) => error.respond_with("wrapped"),
            Self::Hidden(error, StatusCode::OK) => {
                drop(error.into_response());
                StatusCode::UNAUTHORIZED.into_response()
            }
            Self::Hidden(error, status) => {
                let mut response = error.into_response();
                *response.status_mut() = status;
                response
            }
        }
    }
}

#[tokio::test]
async fn an_error_type_that_wraps_a_refusal_keeps_what_it_says() {
    #[security]
    async fn wrapped(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<User, Wrapped> {
        let Some(Bearer(token)) = token else { return Err(required.not_authenticated().into()) };
        checked(required, token.as_str())?;
        Ok(User("user".to_owned()))
    }
    #[security(scopes = ["items"])]
    async fn handler(user: Option<Depends<wrapped>>) -> String {
        name(user)
    }
    let app = app(get(handler));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    assert_eq!(app.get("/").bearer("me").await, (401, Some("Bearer scope=\"items\""), "wrapped"));
}

#[tokio::test]
async fn an_error_type_that_hides_a_refusal_refuses() {
    #[security]
    async fn hidden(
        Path(status): Path<u16>,
        required: RequiredScopes,
        _: Option<Bearer<Api>>,
    ) -> Result<User, Wrapped> {
        Err(Wrapped::Hidden(required.not_authenticated(), StatusCode::from_u16(status).unwrap()))
    }
    #[security]
    async fn handler(user: Option<Depends<hidden>>) -> String {
        name(user)
    }
    let app = App::new(Router::new().route("/{status}", get(handler)));
    for (status, answered) in [(404, 404), (403, 403), (500, 500), (503, 503), (200, 401)] {
        assert_eq!(app.get(format!("/{status}")).await.status(), answered, "{status}");
    }
    assert_eq!(app.get("/401").await, accepted("nobody"), "it says that there is no credential");
}

#[tokio::test]
async fn an_optional_dependency_that_does_not_check_is_refused_and_logged() {
    #[security]
    async fn unchecked(_: SecurityScopes, _: Bearer<Api>) -> Result<User, AuthError> {
        Ok(User("somebody".to_owned()))
    }
    #[security(scopes = ["items"])]
    async fn handler(user: Option<Depends<unchecked>>) -> String {
        name(user)
    }
    #[security(scopes = ["items"])]
    async fn chooses(_: Depends<either<unchecked, partner>>) {}
    for handler in [get(handler), get(chooses)] {
        let (answer, lines) = logged(app(handler).get("/").bearer("items")).await;
        assert_eq!(answer.status(), 500);
        assert!(lines.iter().any(|line| line.contains("without a successful SecurityScopes::check")), "{lines:?}");
    }
}

#[tokio::test]
async fn an_optional_dependency_opens_nothing_behind_a_guard() {
    let guard = axum_scopes::guard!(scopes = ["me"], depends(user));
    let router = guard.protect(Router::new().route("/", get(greet)));
    let app = App::new(router);
    assert_eq!(app.get("/").await, not_authenticated());
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"), "the handler checks the same token");
    assert_eq!(app.get("/").bearer("me+items").await, accepted("user"));
}

/// An optional dependency refuses before a required one is asked, and after.
#[tokio::test]
async fn an_optional_dependency_opens_nothing_beside_a_required_one() {
    #[security]
    async fn before(optional: Option<Depends<user>>, _: Depends<active>) -> String {
        name(optional)
    }
    #[security]
    async fn after(_: Depends<active>, optional: Option<Depends<user>>) -> String {
        name(optional)
    }
    for handler in [get(before), get(after)] {
        let app = app(handler);
        assert_eq!(app.get("/").await, not_authenticated());
        assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
        assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    }
}

/// A note that a credential is missing does not leave the service.
#[tokio::test]
async fn a_refused_response_has_no_extensions() {
    #[security(scopes = ["items"])]
    async fn chooses(_: Depends<either<user, partner>>) {}
    let twice = ["Bearer items", "Bearer items"];
    for call in [app(get(greet)).get("/").headers("authorization", twice), app(get(chooses)).get("/")] {
        let response = call.response().await;
        assert_eq!(response.status(), 401);
        assert!(response.extensions().is_empty());
    }
}
