//! `AuthError::unauthorized` below each scheme, in both styles, wherever it is made: a client is asked for what the scheme
//! reads (RFC 9110 §11.6.1).

use axum_scopes::{
    ApiKeyCookie, ApiKeyHeader, ApiKeyQuery, ApiKeyScheme, ErrorStyle, HttpBasic, HttpBasicScheme, HttpBearer,
    HttpBearerScheme, HttpDigest, HttpDigestScheme, OAuth2, OpenIdConnect, OpenIdConnectScheme, ProtectedResource,
    guard,
};
use axum_scopes_tests::prelude::*;

use super::enforcers::Wrapped;
use crate::answers::Answer;

/// All kinds of schemes, with nothing in their challenges that can be left out.
struct Bare<const RFC: bool>;
/// With everything that challenges can say.
struct Full<const RFC: bool>;

const fn style(rfc: bool) -> ErrorStyle {
    if rfc { ErrorStyle::Rfc6750 } else { ErrorStyle::FastApi }
}

macro_rules! schemes {
    ($Name:ident, $realm:expr, $resource:expr) => {
        impl<const RFC: bool> OAuth2Scheme for $Name<RFC> {
            const FLOWS: Flows = Flows::client_credentials("token");
            const SCOPES: &[(&str, &str)] = &[];
            const REALM: Option<&str> = $realm;
            const PROTECTED_RESOURCE: Option<ProtectedResource> = $resource;
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
        impl<const RFC: bool> OpenIdConnectScheme for $Name<RFC> {
            const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
            const REALM: Option<&str> = $realm;
            const PROTECTED_RESOURCE: Option<ProtectedResource> = $resource;
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
        impl<const RFC: bool> HttpBearerScheme for $Name<RFC> {
            const REALM: Option<&str> = $realm;
            const PROTECTED_RESOURCE: Option<ProtectedResource> = $resource;
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
        impl<const RFC: bool> HttpBasicScheme for $Name<RFC> {
            const REALM: Option<&str> = $realm;
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
        impl<const RFC: bool> HttpDigestScheme for $Name<RFC> {
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
        impl<const RFC: bool> ApiKeyScheme for $Name<RFC> {
            const NAME: &str = "Key";
            const PARAMETER: &str = "x-key";
            const ERROR_STYLE: ErrorStyle = style(RFC);
        }
    };
}

schemes!(Bare, None, None);
schemes!(Full, Some("shop"), Some(ProtectedResource::new("https://api.example")));

/// The scheme that `E` reads, without a credential: what is tested here is what is refused beside it.
type Of<E> = Option<Wrapped<E>>;

trait Scheme: Describe + Send + 'static {}
impl<E: Describe + Send + 'static> Scheme for E {}

fn gone() -> AuthError {
    AuthError::unauthorized("Gone")
}

enum AppError {
    Auth(AuthError),
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let Self::Auth(error) = self;
        error.into_response()
    }
}

#[security]
async fn above<E: Scheme>(_: Of<E>) -> Result<(), AuthError> {
    Err(gone())
}

#[security]
async fn in_enum<E: Scheme>(_: Of<E>) -> Result<(), AppError> {
    Err(AppError::Auth(gone()))
}

#[security]
async fn as_response<E: Scheme>(_: Of<E>) -> Result<(), Response> {
    Err(gone().into_response())
}

/// An extractor of the service's own, which knows of no scheme.
struct Membership;
impl<S: Sync> FromRequestParts<S> for Membership {
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AppError> {
        Err(AppError::Auth(gone()))
    }
}

#[security]
async fn in_extractor<E: Scheme>(_: Of<E>, _: Membership) -> Result<(), AuthError> {
    Ok(())
}

/// Without a scheme: one is further out.
#[security]
async fn member() -> Result<(), AuthError> {
    Err(gone())
}

#[security]
async fn paying_member(_: Depends<member>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn member_in_enum() -> Result<(), AppError> {
    Err(AppError::Auth(gone()))
}

/// Without a scheme, and above one that is beside it.
#[security]
async fn around<E: Scheme>(_: Depends<paying_member>, _: Of<E>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn reader_further_out(required: RequiredScopes) -> Result<(), AuthError> {
    Err(required.unauthorized("Gone"))
}

#[security]
async fn over_above<E: Scheme>(_: Depends<above<E>>) {}

#[security]
async fn over_enum<E: Scheme>(_: Depends<in_enum<E>>) {}

#[security]
async fn over_response<E: Scheme>(_: Depends<as_response<E>>) {}

#[security]
async fn over_extractor<E: Scheme>(_: Depends<in_extractor<E>>) {}

#[security]
async fn beside<E: Scheme>(_: Depends<paying_member>, _: Of<E>) {}

#[security]
async fn beside_enum<E: Scheme>(_: Of<E>, _: Depends<member_in_enum>) {}

#[security]
async fn two_further_out<E: Scheme>(_: Depends<around<E>>) {}

#[security]
async fn over_reader<E: Scheme>(_: Of<E>, _: Depends<reader_further_out>) {}

#[security]
async fn handler<E: Scheme>(_: Of<E>) -> AuthError {
    gone().in_style_of::<E>()
}

#[security]
async fn handler_with_enum<E: Scheme>(_: Of<E>) -> AppError {
    AppError::Auth(gone().in_style_of::<E>())
}

#[security]
async fn handler_with_reader<E: Scheme>(required: RequiredScopes, _: Of<E>) -> AppError {
    AppError::Auth(required.unauthorized("Gone"))
}

fn inside() -> Router {
    Router::new().route("/", get(async || "in"))
}

/// Each place where it is made.
macro_rules! places {
    ($E:ty) => {
        [
            ("a dependency above the scheme", Router::new().route("/", get(over_above::<$E>))),
            ("in an enum", Router::new().route("/", get(over_enum::<$E>))),
            ("as a response", Router::new().route("/", get(over_response::<$E>))),
            ("in an extractor", Router::new().route("/", get(over_extractor::<$E>))),
            ("the scheme further out", Router::new().route("/", get(beside::<$E>))),
            ("in an enum, the scheme further out", Router::new().route("/", get(beside_enum::<$E>))),
            ("the scheme in between", Router::new().route("/", get(two_further_out::<$E>))),
            ("by a reader, the scheme further out", Router::new().route("/", get(over_reader::<$E>))),
            ("a guard", guard!(depends(above::<$E>)).protect(inside())),
            ("an enum in a guard", guard!(depends(in_enum::<$E>)).protect(inside())),
            ("a guard, the scheme further out", guard!(depends(around::<$E>)).protect(inside())),
            ("a handler", Router::new().route("/", get(handler::<$E>))),
            ("an enum in a handler", Router::new().route("/", get(handler_with_enum::<$E>))),
            ("a handler, by a reader", Router::new().route("/", get(handler_with_reader::<$E>))),
        ]
    };
}

async fn answer(app: &Router) -> Answer {
    let request = Request::get("/").body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(app.clone(), request).await.unwrap();
    assert_eq!(response.headers().get_all("www-authenticate").iter().count(), 1);
    assert_eq!(response.headers()["content-type"], "application/json");
    super::ask(app, "/", "x-none", &[]).await
}

/// In both styles, with the challenge of each.
macro_rules! expect {
    ($($Extractor:ident<$Scheme:ident>: $fastapi:expr, $rfc6750:expr;)*) => {
        $(
            let detail = (401, Some($fastapi.to_owned()), r#"{"detail":"Gone"}"#.to_owned());
            for (place, app) in places!($Extractor<$Scheme<false>>) {
                assert_eq!(answer(&app).await, detail, "{}: {place}", stringify!($Extractor<$Scheme>));
            }
            let body = r#"{"error":"invalid_token","error_description":"Gone"}"#.to_owned();
            let code = (401, Some($rfc6750.to_owned()), body);
            for (place, app) in places!($Extractor<$Scheme<true>>) {
                assert_eq!(answer(&app).await, code, "{}: {place}", stringify!($Extractor<$Scheme>));
            }
        )*
    };
}

#[tokio::test]
async fn bearer_schemes_keep_their_realm_and_metadata() {
    let url = "https://api.example/.well-known/oauth-protected-resource";
    let fastapi = format!(r#"Bearer realm="shop", resource_metadata="{url}""#);
    let rfc6750 = format!(r#"Bearer realm="shop", error="invalid_token", resource_metadata="{url}""#);
    expect! {
        Bearer<Bare>: "Bearer", r#"Bearer error="invalid_token""#;
        OAuth2<Bare>: "Bearer", r#"Bearer error="invalid_token""#;
        HttpBearer<Bare>: "Bearer", r#"Bearer error="invalid_token""#;
        OpenIdConnect<Bare>: "Bearer", r#"Bearer error="invalid_token""#;
        Bearer<Full>: &fastapi, &rfc6750;
        OAuth2<Full>: &fastapi, &rfc6750;
        HttpBearer<Full>: &fastapi, &rfc6750;
        OpenIdConnect<Full>: &fastapi, &rfc6750;
    }
}

#[tokio::test]
async fn other_schemes_ask_for_no_bearer_token() {
    let basic = r#"Basic realm="shop""#;
    expect! {
        HttpBasic<Bare>: "Basic", "Basic";
        HttpBasic<Full>: basic, basic;
        HttpDigest<Bare>: "Digest", "Digest";
        ApiKeyHeader<Bare>: "APIKey", "APIKey";
        ApiKeyQuery<Bare>: "APIKey", "APIKey";
        ApiKeyCookie<Bare>: "APIKey", "APIKey";
    }
}

#[security]
async fn unknown(_: Depends<paying_member>, _: Depends<member_in_enum>) {}

/// A 401 must have a challenge, RFC 9110 §15.5.2.
#[tokio::test]
async fn where_no_scheme_is_known_a_bearer_token_is_asked_for() {
    let expected = (401, Some("Bearer".to_owned()), r#"{"detail":"Gone"}"#.to_owned());
    let dependency = Router::new().route("/", get(unknown));
    let handler = Router::new().route("/", get(async || gone()));
    let handler_with_enum = Router::new().route("/", get(async || AppError::Auth(gone())));
    for app in [dependency, handler, handler_with_enum] {
        assert_eq!(answer(&app).await, expected);
    }
}

/// The scheme of the function's own tree goes before one further out, and the first of several before the others.
#[security]
async fn two_schemes(_: Of<ApiKeyHeader<Bare<true>>>, _: Depends<above<HttpBasic<Full<false>>>>) {}

#[security]
async fn two_further_out_of_one(
    _: Of<ApiKeyHeader<Bare<true>>>,
    _: Of<HttpBasic<Full<false>>>,
    _: Depends<member_in_enum>,
) {
}

#[tokio::test]
async fn the_nearest_scheme_decides() {
    let near = Router::new().route("/", get(two_schemes));
    let expected = (401, Some(r#"Basic realm="shop""#.to_owned()), r#"{"detail":"Gone"}"#.to_owned());
    assert_eq!(answer(&near).await, expected);
    let first = Router::new().route("/", get(two_further_out_of_one));
    let body = r#"{"error":"invalid_token","error_description":"Gone"}"#.to_owned();
    assert_eq!(answer(&first).await, (401, Some("APIKey".to_owned()), body));
}
