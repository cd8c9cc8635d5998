//! A replacement refuses as its own scheme does, or as the original does if it has no scheme.

use axum_scopes::{ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme, scheme::ErrorStyle, testing::Overrides};
use axum_scopes_tests::prelude::*;

struct Staff;
impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
}

struct Partner;
impl ApiKeyScheme for Partner {
    const NAME: &str = "Partner";
    const PARAMETER: &str = "x-key";
}

#[security]
async fn original(_: HttpBasic<Staff>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn handler(_: Depends<original>) {}

#[security]
async fn without() -> Result<(), AuthError> {
    Err(AuthError::unauthorized("Gone"))
}

#[security]
async fn keyed(required: SecurityScopes, _: Option<ApiKeyHeader<Partner>>) -> Result<(), AuthError> {
    Err(required.unauthorized("Gone"))
}

#[security]
async fn over_without(_: Depends<without>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn beside_a_key(_: Option<ApiKeyHeader<Partner>>, _: Depends<without>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn the_scheme_of_a_replacement_takes_precedence_over_that_of_the_original() {
    let overrides = Overrides::<()>::new;
    for (overrides, challenge) in [
        (overrides().replace::<original, without>(), r#"Basic realm="staff""#),
        (overrides().replace::<original, over_without>(), r#"Basic realm="staff""#),
        (overrides().replace::<original, keyed>(), "APIKey"),
        (overrides().replace::<original, beside_a_key>(), "APIKey"),
    ] {
        let app = App::new(overrides.apply(Router::new().route("/", get(handler))));
        let expected = (401, Some(challenge), r#"{"detail":"Gone"}"#);
        assert_eq!(app.get("/").bearer("").await, expected);
    }
}

struct Rfc;
impl OAuth2Scheme for Rfc {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn gone<S: OAuth2Scheme>(required: SecurityScopes, _: Bearer<S>) -> Result<(), AuthError> {
    Err(required.unauthorized("Gone"))
}

#[security]
async fn also_gone<S: OAuth2Scheme>(required: SecurityScopes, _: Bearer<S>) -> Result<(), AuthError> {
    Err(required.unauthorized("Gone"))
}

#[security(scopes = ["me"])]
async fn me<S: OAuth2Scheme>(_: Depends<gone<S>>) {}

#[security]
async fn any<S: OAuth2Scheme>(_: Depends<gone<S>>) {}

/// The compiler makes the challenges of the original, and a test makes those of the replacement while it runs.
#[tokio::test]
async fn the_challenge_of_a_replacement_is_that_of_the_original() {
    let routes = || Router::new().route("/me", get(me::<Api>)).route("/any", get(any::<Api>));
    let routes = || routes().route("/rfc/me", get(me::<Rfc>)).route("/rfc/any", get(any::<Rfc>));
    let overrides =
        Overrides::<()>::new().replace::<gone<Api>, also_gone<Api>>().replace::<gone<Rfc>, also_gone<Rfc>>();
    let (original, replaced) = (App::new(routes()), App::new(overrides.apply(routes())));
    for path in ["/me", "/any", "/rfc/me", "/rfc/any"] {
        for token in ["x", ""] {
            let expected = original.get(path).bearer(token).await;
            let answer = replaced.get(path).bearer(token).await;
            assert_eq!(format!("{answer:?}"), format!("{expected:?}"), "{path} {token:?}");
        }
    }
}
