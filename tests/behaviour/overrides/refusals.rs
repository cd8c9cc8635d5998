//! A replacement refuses as its own scheme does, or as the original does if it has no scheme.

use axum_scopes::{ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme, testing::Overrides};
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
