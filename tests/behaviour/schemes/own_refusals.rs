//! The refusals that a service makes below a scheme ask for the credential that the scheme reads (RFC 9110 §11.6.1).

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OpenIdConnect},
    guard,
    scheme::{ErrorStyle, HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme, ProtectedResource},
};
use axum_scopes_tests::prelude::*;

use super::enforcers::Wrapped;

/// A scheme of each kind, whose challenges have no optional parameters.
struct Bare<const RFC: bool>;
/// A scheme of each kind, whose challenges have all parameters.
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

/// The scheme of `E` without a credential, because these tests are about refusals beside it.
type Of<E> = Option<Wrapped<E>>;

trait Scheme: Describe + Send + 'static {}
impl<E: Describe + Send + 'static> Scheme for E {}

enum AppError {
    Auth(AuthError),
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let Self::Auth(error) = self;
        error.into_response()
    }
}

fn gone() -> AuthError {
    AuthError::unauthorized("Gone")
}

/// Refuses if the request names this place.
fn refuse_at<E>(place: &str, headers: &HeaderMap, error: impl FnOnce() -> E) -> Result<(), E> {
    if headers["x-place"] == place { Err(error()) } else { Ok(()) }
}

#[security]
async fn above<E: Scheme>(headers: HeaderMap, _: Of<E>) -> Result<(), AuthError> {
    refuse_at("above the scheme", &headers, gone)
}

#[security]
async fn in_enum<E: Scheme>(headers: HeaderMap, _: Of<E>) -> Result<(), AppError> {
    refuse_at("in an enum", &headers, || AppError::Auth(gone()))
}

/// An extractor of the service, which knows no scheme.
struct Membership;
impl<S: Sync> FromRequestParts<S> for Membership {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        refuse_at("in an extractor", &parts.headers, || AppError::Auth(gone())).map(|()| Self)
    }
}

#[security]
async fn in_extractor<E: Scheme>(_: Of<E>, _: Membership) -> Result<(), AuthError> {
    Ok(())
}

/// A dependency without a scheme. The function above it has one.
#[security]
async fn member(headers: HeaderMap) -> Result<(), AuthError> {
    refuse_at("further in", &headers, gone)
}

#[security]
async fn member_in_enum(headers: HeaderMap, _: Depends<member>) -> Result<(), AppError> {
    refuse_at("further in, in an enum", &headers, || AppError::Auth(gone()))
}

#[security]
async fn reader(headers: HeaderMap, required: RequiredScopes) -> Result<(), AuthError> {
    refuse_at("further in, by a reader", &headers, || required.unauthorized("Gone"))
}

#[security]
async fn all<E: Scheme>(
    _: Depends<member_in_enum>,
    _: Depends<reader>,
    _: Depends<above<E>>,
    _: Depends<in_enum<E>>,
    _: Depends<in_extractor<E>>,
) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn over_all<E: Scheme>(_: Depends<all<E>>) {}

const IN_DEPENDENCIES: [&str; 6] = [
    "above the scheme",
    "in an enum",
    "in an extractor",
    "further in",
    "further in, in an enum",
    "further in, by a reader",
];

#[security]
async fn handler<E: Scheme>(headers: HeaderMap, required: RequiredScopes, _: Of<E>) -> Result<(), AppError> {
    refuse_at("by name", &headers, || AppError::Auth(gone().in_style_of::<E>()))?;
    refuse_at("by a reader", &headers, || AppError::Auth(required.unauthorized("Gone")))
}

const IN_HANDLERS: [&str; 2] = ["by name", "by a reader"];

async fn answer(app: &App, place: &str) -> Answer {
    let answer = app.get("/").header("x-place", place).await;
    assert_eq!((answer.headers().len(), answer.header("content-type")), (3, Some("application/json")), "{place}");
    answer
}

async fn expect([over_all, guarded, handler]: &[App; 3], challenge: &str, body: &str) {
    let expected = (401, Some(challenge), body);
    for place in IN_DEPENDENCIES {
        assert_eq!(answer(over_all, place).await, expected, "{place}");
        assert_eq!(answer(guarded, place).await, expected, "guard, {place}");
    }
    for place in IN_HANDLERS {
        assert_eq!(answer(handler, place).await, expected, "handler, {place}");
    }
}

const DETAIL: &str = r#"{"detail":"Gone"}"#;
const CODE: &str = r#"{"error":"invalid_token","error_description":"Gone"}"#;

/// Expects the challenge of each kind of scheme in both styles.
macro_rules! expect {
    ($($Extractor:ident<$Scheme:ident>: $fastapi:expr, $rfc6750:expr;)*) => {
        $(
            expect!($Extractor<$Scheme<false>>, $fastapi, DETAIL);
            expect!($Extractor<$Scheme<true>>, $rfc6750, CODE);
        )*
    };
    ($E:ty, $challenge:expr, $body:expr) => {{
        let route = |handler| Router::new().route("/", handler);
        let guarded = guard!(depends(all::<$E>)).protect(route(get(async || "in")));
        let apps = [route(get(over_all::<$E>)), guarded, route(get(handler::<$E>))].map(App::new);
        expect(&apps, $challenge, $body).await;
    }};
}

#[tokio::test]
async fn bearer_schemes_keep_their_realm_and_metadata() {
    let url = "https://api.example/.well-known/oauth-protected-resource";
    let fastapi = format!(r#"Bearer realm="shop", resource_metadata="{url}""#);
    let rfc6750 = format!(r#"Bearer realm="shop", error="invalid_token", resource_metadata="{url}""#);
    expect! {
        Bearer<Bare>: "Bearer", r#"Bearer error="invalid_token""#;
        Bearer<Full>: &fastapi, &rfc6750;
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
async fn unknown(_: Depends<member_in_enum>) {}

/// A 401 must have a challenge (RFC 9110 §15.5.2).
#[tokio::test]
async fn a_refusal_without_a_known_scheme_asks_for_a_bearer_token() {
    let expected = (401, Some("Bearer"), DETAIL);
    let app = App::new(Router::new().route("/", get(unknown)));
    assert_eq!(answer(&app, "further in").await, expected);
    assert_eq!(answer(&app, "further in, in an enum").await, expected);
    for handler in [get(async || gone()), get(async || AppError::Auth(gone()))] {
        assert_eq!(answer(&App::new(Router::new().route("/", handler)), "").await, expected);
    }
}

/// The handler has an API key, and the function below it HTTP Basic, which is nearer to `member`.
#[security]
async fn two_schemes(_: Of<ApiKeyHeader<Bare<true>>>, _: Depends<above<HttpBasic<Full<false>>>>, _: Depends<member>) {}

#[tokio::test]
async fn the_nearest_scheme_decides_and_the_first_of_one_function() {
    let app = App::new(Router::new().route("/", get(two_schemes)));
    let basic = (401, Some(r#"Basic realm="shop""#), DETAIL);
    assert_eq!(answer(&app, "above the scheme").await, basic);
    assert_eq!(answer(&app, "further in").await, (401, Some("APIKey"), CODE));
}
