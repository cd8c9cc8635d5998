//! A refusal inside the service's own error type is answered like the refusal itself, except for what the service changes.

use std::{error::Error, panic::AssertUnwindSafe};

use axum::{
    body::Body,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use axum_scopes::{HttpBasic, HttpBasicScheme, password::PasswordError, scheme::ErrorStyle};
use axum_scopes_test_support::logged;
use axum_scopes_tests::prelude::*;
use futures_util::FutureExt;

use crate::answers::Expected;

struct Staff;
impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// A handler with the scheme `Staff`, over a dependency whose error is `$error`.
macro_rules! below_staff {
    (|$how:ident: &str| -> $Error:ty { $error:expr }) => {{
        #[security]
        async fn refuses(Path(how): Path<String>, _: Option<HttpBasic<Staff>>) -> Result<(), $Error> {
            let $how = how.as_str();
            Err($error)
        }
        #[security]
        async fn handler(_: Depends<refuses>) {}
        App::new(Router::new().route("/{how}", get(handler)))
    }};
}

fn refusal(how: &str) -> AuthError {
    match how {
        "unauthorized" => AuthError::unauthorized("Gone"),
        "forbidden" => AuthError::forbidden("Not the owner"),
        "busy" => AuthError::from(PasswordError::Busy),
        "grant" => AuthError::invalid_grant("Incorrect username or password"),
        "other" => AuthError::unauthorized("Gone").in_style_of::<Bearer<Api>>(),
        _ => AuthError::internal(),
    }
}

const REFUSALS: [&str; 6] = ["unauthorized", "forbidden", "busy", "grant", "other", "internal"];

fn unauthorized() -> Expected {
    let body = r#"{"error":"invalid_token","error_description":"Gone"}"#;
    (401, Some(r#"Basic realm="staff""#.to_owned()), body.to_owned())
}

/// An enum as services write it, with the refusal as one of its sources.
#[derive(Debug, thiserror::Error)]
enum Derived {
    #[error(transparent)]
    Auth(#[from] AuthError),
    #[error("the database is down")]
    Database,
}

impl IntoResponse for Derived {
    fn into_response(self) -> Response {
        match self {
            Self::Auth(error) => error.into_response(),
            Self::Database => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// A boxed error like anyhow's, which recognises the refusal by its type.
struct Boxed(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Boxed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Boxed {
    fn into_response(self) -> Response {
        match self.0.downcast::<AuthError>() {
            Ok(error) => error.into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// The answer, whose response must have no extensions left.
async fn whole(app: &App, path: &str) -> Answer {
    let response = app.get(path).response().await;
    assert!(response.extensions().is_empty(), "{path}");
    Answer::of(response).await
}

#[tokio::test]
async fn a_refusal_is_the_same_in_any_error_type() {
    let bare = below_staff!(|how: &str| -> AuthError { refusal(how) });
    assert_eq!(bare.get("/unauthorized").await, unauthorized());
    for wrapped in [
        below_staff!(|how: &str| -> Derived { refusal(how).into() }),
        below_staff!(|how: &str| -> Boxed { refusal(how).into() }),
        below_staff!(|how: &str| -> Boxed { Boxed(Box::new(refusal(how))) }),
        below_staff!(|how: &str| -> (HeaderMap, AuthError) { (HeaderMap::new(), refusal(how)) }),
    ] {
        for how in REFUSALS {
            let path = format!("/{how}");
            assert_eq!(whole(&wrapped, &path).await, whole(&bare, &path).await, "{how}");
        }
    }
}

#[tokio::test]
async fn another_variant_answers_unchanged() {
    let app = below_staff!(|_how: &str| -> Derived { Derived::Database });
    assert_eq!(app.get("/database").await, (500, None, ""));
}

/// An error that changes the response as its text says.
struct Changed(AuthError, String);

impl IntoResponse for Changed {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        match self.1.as_str() {
            "body" => *response.body_mut() = Body::from("gone"),
            "status" => *response.status_mut() = StatusCode::NOT_FOUND,
            "challenge" => {
                response.headers_mut().insert(WWW_AUTHENTICATE, "Negotiate".parse().unwrap());
            }
            "no challenge" => {
                response.headers_mut().remove(WWW_AUTHENTICATE);
            }
            "type" => {
                response.headers_mut().insert(CONTENT_TYPE, "application/problem+json".parse().unwrap());
            }
            _ => return ([(CACHE_CONTROL, "no-store"), (RETRY_AFTER, "7")], response).into_response(),
        }
        response
    }
}

#[tokio::test]
async fn changes_by_the_error_type_are_kept() {
    let app = below_staff!(|how: &str| -> Changed { Changed(refusal("unauthorized"), how.replace('-', " ")) });
    let (status, challenge, body) = unauthorized();
    assert_eq!(app.get("/body").await, (status, challenge.clone(), "gone".to_owned()));
    assert_eq!(app.get("/status").await, (404, challenge.clone(), body.clone()));
    assert_eq!(app.get("/challenge").await, (status, Some("Negotiate".to_owned()), body.clone()));
    assert_eq!(app.get("/no-challenge").await, (status, None, body));
    for (path, name, value) in [
        ("/type", CONTENT_TYPE, "application/problem+json"),
        ("/more", CACHE_CONTROL, "no-store"),
        ("/more", RETRY_AFTER, "7"),
    ] {
        assert_eq!(app.get(path).await, unauthorized(), "{path}");
        assert_eq!(app.get(path).await.headers()[name], value, "{path}");
    }
}

/// Outside of a tree, a refusal has to be given its style before the error type wraps it: in a handler, and in a dependency
/// that makes a response of it.
#[tokio::test]
async fn an_error_type_outside_of_a_tree_keeps_the_style_of_the_refusal() {
    let handler =
        |error: fn() -> AuthError| App::new(Router::new().route("/{how}", get(async move || Derived::Auth(error()))));
    let told = [
        handler(|| AuthError::unauthorized("Gone").in_style_of::<HttpBasic<Staff>>()),
        below_staff!(|_how: &str| -> Response {
            AuthError::unauthorized("Gone").in_style_of::<HttpBasic<Staff>>().into_response()
        }),
    ];
    for app in told {
        assert_eq!(app.get("/x").await, unauthorized());
    }
    let bearer = (401, Some("Bearer".to_owned()), r#"{"detail":"Gone"}"#.to_owned());
    let response = below_staff!(|_how: &str| -> Response { AuthError::unauthorized("Gone").into_response() });
    for untold in [handler(|| AuthError::unauthorized("Gone")), response] {
        assert_eq!(untold.get("/x").await, bearer);
        assert!(untold.get("/x").response().await.extensions().is_empty());
    }
}

struct Panics;
impl IntoResponse for Panics {
    fn into_response(self) -> Response {
        panic!("an error type that panics");
    }
}

#[tokio::test]
async fn the_scheme_is_forgotten_after_the_response_even_after_a_panic() {
    let bare = || AuthError::unauthorized("Gone").into_response();
    let app = below_staff!(|_how: &str| -> Derived { AuthError::unauthorized("Gone").into() });
    assert_eq!(app.get("/x").await, unauthorized());
    assert_eq!(bare().headers()[WWW_AUTHENTICATE], "Bearer");
    let panics = below_staff!(|_how: &str| -> Panics { Panics });
    assert!(AssertUnwindSafe(panics.get("/x").into_future()).catch_unwind().await.is_err());
    assert_eq!(bare().headers()[WWW_AUTHENTICATE], "Bearer");
}

/// axum answers such an error with 200, and its text would pass for the handler's answer.
#[security]
async fn refuses_with_text() -> Result<(), String> {
    Err("no such user".to_owned())
}

/// An extractor that rejects with a success.
struct Accepted;

impl<S: Sync> FromRequestParts<S> for Accepted {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        Err(StatusCode::ACCEPTED)
    }
}

#[security]
async fn rejects_with_success(_: Accepted) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn redirects() -> Result<(), Response> {
    Err((StatusCode::SEE_OTHER, [("location", "/login")]).into_response())
}

#[tokio::test]
async fn a_refusal_with_a_status_of_success_is_a_logged_500() {
    #[security]
    async fn text(_: Depends<refuses_with_text>) {}
    #[security]
    async fn extractor(_: Depends<rejects_with_success>) {}
    #[security]
    async fn redirect(_: Depends<redirects>) {}
    let app = App::new(
        Router::new().route("/text", get(text)).route("/extractor", get(extractor)).route("/redirect", get(redirect)),
    );
    for (path, status) in [("/text", "200 OK"), ("/extractor", "202 Accepted")] {
        let (answer, lines) = logged(app.get(path)).await;
        assert_eq!(answer, (500, None, r#"{"detail":"Internal Server Error"}"#), "{path}");
        assert!(lines.concat().contains(status) && !lines.concat().contains("no such user"), "{lines:?}");
    }
    // Other statuses stay the service's.
    assert_eq!(app.get("/redirect").await.status(), 303);
}
