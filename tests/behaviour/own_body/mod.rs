//! A body of the service's own for all refusals of its schemes. Status, challenge and `Retry-After` are what they are without it.

mod exceptions;
mod places;

use std::time::Duration;

use axum::{
    body::Body,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    routing::post,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HmacKey, HttpBasic, HttpBasicScheme, TokenVerifier,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OpenIdConnect},
    error::ErrorKind,
    guard,
    login::OAuth2PasswordRequestForm,
    scheme::{ErrorStyle, HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
    verified,
};
use axum_scopes_tests::prelude::*;
use serde_json::{Value, json};

/// One function for all schemes. What it says of what the library decides is wrong on purpose.
fn problem(error: &AuthError) -> Response {
    let body = json!({
        "kind": format!("{:?}", error.kind()),
        "detail": error.detail(),
        "status": error.status().as_u16(),
        "challenge": error.challenge(),
        "retry_after": error.retry_after(),
    });
    let headers = [
        (CONTENT_TYPE, "application/problem+json"),
        (WWW_AUTHENTICATE, "Negotiate"),
        (RETRY_AFTER, "99"),
        ("x-own".parse().unwrap(), "yes"),
    ];
    (StatusCode::IM_A_TEAPOT, headers, Json(body)).into_response()
}

type Own = Option<fn(&AuthError) -> Response>;

/// Each scheme twice: with a body of the service's own, and without.
macro_rules! schemes {
    ($($Own:ident, $Plain:ident: $Trait:ident { $($constants:tt)* })*) => {
        $(
            struct $Own;
            impl $Trait for $Own {
                $($constants)*
                const ERROR_RESPONSE: Own = Some(problem);
            }
            struct $Plain;
            impl $Trait for $Plain {
                $($constants)*
            }
        )*
    };
}

schemes! {
    Mine, Theirs: OAuth2Scheme {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
    }
    MineRfc, TheirsRfc: OAuth2Scheme {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
        const REALM: Option<&str> = Some("shop");
        const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    }
    MineBasic, TheirsBasic: HttpBasicScheme {
        const REALM: Option<&str> = Some("staff");
    }
    MineDigest, TheirsDigest: HttpDigestScheme {}
    MineBearer, TheirsBearer: HttpBearerScheme {}
    MineConnect, TheirsConnect: OpenIdConnectScheme {
        const OPEN_ID_CONNECT_URL: &str = "https://id.example/.well-known/openid-configuration";
    }
    MineKey, TheirsKey: ApiKeyScheme {
        const NAME: &str = "Key";
        const PARAMETER: &str = "key";
    }
}

/// Refuses as its token says.
#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    match token.as_str() {
        "bad" => Err(required.unauthorized("Could not validate credentials")),
        "disabled" => Err(AuthError::bad_request("Inactive user")),
        "stale" => Err(required.insufficient_user_authentication(&["mfa"], Some(Duration::from_secs(60)))),
        "busy" => Err(AuthError::unavailable(7)),
        "unknown" => Err(AuthError::unauthorized("Gone")),
        "foreign" => Err(AuthError::forbidden("Not the owner")),
        "unchecked" => Ok(()),
        granted => required.check(&Scopes::from(granted)),
    }
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(_: Depends<user<S>>) {}

/// As services have it: one error type, which knows a refusal and makes a response of it.
enum AppError {
    Auth(AuthError),
}

impl From<AuthError> for AppError {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let Self::Auth(error) = self;
        error.into_response()
    }
}

#[security(scopes = ["items"])]
async fn wrapped<S: OAuth2Scheme>(_: Depends<wrapped_user<S>>) {}

#[security]
async fn wrapped_user<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AppError> {
    match token.as_str() {
        "bad" => Err(required.unauthorized("Could not validate credentials"))?,
        "unknown" => Err(AuthError::unauthorized("Gone"))?,
        "busy" => Err(AuthError::unavailable(7))?,
        granted => Ok(required.check(&Scopes::from(granted))?),
    }
}

/// Status, headers and body.
async fn whole(app: &Router, request: axum::http::request::Builder, body: &'static str) -> (u16, HeaderMap, Vec<u8>) {
    let response = tower::ServiceExt::oneshot(app.clone(), request.body(Body::from(body)).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, body.to_vec())
}

fn values(headers: &HeaderMap, name: axum::http::HeaderName) -> Vec<&HeaderValue> {
    headers.get_all(name).iter().collect()
}

/// Both refuse with the same status and headers, but only the first has a body of its own. It says what they are.
async fn same_but_for_the_body(
    (own, plain): (&Router, &Router),
    request: impl Fn() -> axum::http::request::Builder,
    body: &'static str,
    kind: ErrorKind,
) -> Value {
    let (expected, was, _) = whole(plain, request(), body).await;
    let (status, is, answer) = whole(own, request(), body).await;
    let described = || format!("{:?}", request().body(()).unwrap());
    for name in [WWW_AUTHENTICATE, RETRY_AFTER, CACHE_CONTROL] {
        assert_eq!(values(&is, name.clone()), values(&was, name), "{}", described());
    }
    assert_eq!(status, expected, "{}", described());
    assert_eq!(is[CONTENT_TYPE], "application/problem+json", "{}", described());
    assert_eq!(is["x-own"], "yes");
    assert_eq!(was[CONTENT_TYPE], "application/json");
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["kind"], format!("{kind:?}"), "{}", described());
    assert_eq!(answer["status"], status);
    assert_eq!(answer["challenge"].as_str(), is.get(WWW_AUTHENTICATE).map(|value| value.to_str().unwrap()));
    let seconds = answer["retry_after"].as_u64().map(|seconds| seconds.to_string());
    assert_eq!(seconds.as_deref(), is.get(RETRY_AFTER).map(|value| value.to_str().unwrap()));
    answer
}

/// What tokens are refused for.
const TOKENS: [(&str, ErrorKind); 7] = [
    ("bad", ErrorKind::InvalidToken),
    ("none", ErrorKind::InsufficientScope),
    ("stale", ErrorKind::InsufficientUserAuthentication),
    ("disabled", ErrorKind::Other),
    ("busy", ErrorKind::Unavailable),
    ("unknown", ErrorKind::InvalidToken),
    ("foreign", ErrorKind::Other),
];

async fn every_token(own: Router, plain: Router, tokens: &[(&str, ErrorKind)]) {
    let get = || Request::get("/");
    same_but_for_the_body((&own, &plain), get, "", ErrorKind::NoCredential).await;
    for (token, kind) in tokens {
        let request = || Request::get("/").header("authorization", format!("Bearer {token}"));
        same_but_for_the_body((&own, &plain), request, "", *kind).await;
    }
    let accepted = Request::get("/").header("authorization", "Bearer items");
    assert_eq!(whole(&own, accepted, "").await.0, 200);
}
