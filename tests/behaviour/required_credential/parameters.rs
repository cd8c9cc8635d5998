//! Exactly the optional credentials of a function count, in every pattern of its parameters.

use axum_scopes::{ApiKeyHeader, tree::Describe};
use axum_scopes_tests::prelude::*;

use super::Partner;
use crate::answers::accepted;

/// The token is always required. So the optional credential that has to be present is the key.
#[security(credential_required)]
async fn token_and_key(token: Bearer<Api>, key: Option<ApiKeyHeader<Partner>>) -> Result<String, AuthError> {
    Ok(format!("{token:?} {}", key.is_some()))
}

type TokenAndKey = (Bearer<Api>, Option<ApiKeyHeader<Partner>>);

#[security(credential_required)]
async fn token_and_key_by_alias((_, key): TokenAndKey) -> Result<String, AuthError> {
    Ok(key.is_some().to_string())
}

#[tokio::test]
async fn a_required_credential_does_not_take_the_place_of_an_optional_one() {
    let (token, key) = (("authorization", "Bearer x"), ("x-key", "k"));
    for handler in [get(token_and_key), get(token_and_key_by_alias)] {
        let app = App::new(Router::new().route("/", handler));
        assert_eq!(ask_of(&app, &[token]).await, 401);
        assert_eq!(ask_of(&app, &[key]).await, 401);
        assert_eq!(ask_of(&app, &[token, key]).await, 200);
    }
}

async fn ask_of(app: &App, headers: &[(&str, &str)]) -> u16 {
    headers.iter().fold(app.get("/"), |call, (name, value)| call.header(name, *value)).await.status()
}

type Either = (Option<Bearer<Api>>, Option<ApiKeyHeader<Partner>>);

macro_rules! whatever {
    () => {
        _
    };
}

#[security(credential_required)]
async fn by_alias((token, key): Either) -> Result<String, AuthError> {
    Ok(format!("{token:?} {key:?}"))
}

#[security(credential_required)]
async fn by_rest((.., key): (Option<Bearer<Api>>, Option<ApiKeyHeader<Partner>>)) -> Result<String, AuthError> {
    Ok(format!("{key:?}"))
}

#[security(credential_required)]
async fn by_choice(
    (Some(_) | None): Option<Bearer<Api>>,
    (_, ref key): (HeaderMap, Option<ApiKeyHeader<Partner>>),
) -> Result<String, AuthError> {
    Ok(format!("{key:?}"))
}

#[security(credential_required)]
async fn by_macro(whatever!(): Option<Bearer<Api>>, whatever!(): Either) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn a_credential_counts_in_every_pattern_of_a_parameter() {
    for handler in [get(by_alias), get(by_rest), get(by_choice), get(by_macro)] {
        let app = App::new(Router::new().route("/", handler));
        assert_eq!(ask_of(&app, &[]).await, 401);
        assert_eq!(ask_of(&app, &[("authorization", "Bearer x")]).await, 200);
        assert_eq!(ask_of(&app, &[("x-key", "k")]).await, 200);
    }
}

/// An extractor of the service that holds an optional credential.
struct Caller<const ASKS: bool>(Option<Bearer<Api>>);

impl Describe for Caller<false> {
    const NODE: &'static Node = <Option<Bearer<Api>>>::NODE;
}

impl Describe for Caller<true> {
    const NODE: &'static Node = <Option<Bearer<Api>>>::NODE;

    fn is_present(&self) -> bool {
        self.0.is_present()
    }
}

impl<S: Send + Sync, const ASKS: bool> FromRequestParts<S> for Caller<ASKS> {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AuthError> {
        <Option<Bearer<Api>> as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Self)
    }
}

#[security(credential_required)]
async fn forgetful(_: Caller<false>) -> Result<(), AuthError> {
    Ok(())
}

#[security(credential_required)]
async fn asking(_: Caller<true>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn an_extractor_that_does_not_report_its_credential_lets_nobody_in() {
    let token = ("authorization", "Bearer x");
    let app = App::new(Router::new().route("/", get(forgetful)));
    assert_eq!((ask_of(&app, &[]).await, ask_of(&app, &[token]).await), (401, 401));
    let app = App::new(Router::new().route("/", get(asking)));
    assert_eq!((ask_of(&app, &[]).await, ask_of(&app, &[token]).await), (401, 200));
}

#[security]
async fn perhaps(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn certainly(_: Bearer<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn both(perhaps: Depends<perhaps>, certainly: Depends<certainly>) -> String {
    format!("{} {}", perhaps.is_present(), certainly.is_present())
}

#[tokio::test]
async fn a_dependency_has_a_credential_if_it_would_have_refused_without() {
    let app = App::new(Router::new().route("/", get(both)));
    assert_eq!(app.get("/").bearer("x").await, accepted("false true"));
}
