//! Tests can replace a dependency by a principal with given scopes, or mint tokens for the original.

use std::time::Duration;

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, Claims, HmacKey, Scopes, TokenVerifier,
    scheme::ErrorStyle,
    testing::{Mint, Overrides},
    verified,
};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_enough, not_validated};

struct Rfc;
impl OAuth2Scheme for Rfc {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

struct Partner;
impl ApiKeyScheme for Partner {
    const NAME: &str = "Partner";
    const PARAMETER: &str = "x-key";
}

#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, _: Bearer<S>) -> Result<String, AuthError> {
    Err(required.unauthorized("the real one"))
}

#[security]
async fn partner(required: SecurityScopes, _: ApiKeyHeader<Partner>) -> Result<String, AuthError> {
    Err(required.unauthorized("the real one"))
}

#[security(scopes = ["me"])]
async fn active<S: OAuth2Scheme>(Depends(user): Depends<user<S>>) -> Result<String, AuthError> {
    Ok(user)
}

#[security(scopes = ["items"])]
async fn items<S: OAuth2Scheme>(Depends(user): Depends<active<S>>) -> String {
    user
}

#[security]
async fn status<S: OAuth2Scheme>(Depends(user): Depends<user<S>>) -> String {
    user
}

#[security(scopes = ["items"])]
async fn keyed(Depends(partner): Depends<partner>) -> String {
    partner
}

fn router() -> Router {
    Router::new()
        .route("/items", get(items::<Api>))
        .route("/status", get(status::<Api>))
        .route("/rfc/items", get(items::<Rfc>))
        .route("/rfc/status", get(status::<Rfc>))
        .route("/keyed", get(keyed))
}

/// The answer to `amy`, whose scopes are `granted`, and whose request has no credential.
async fn ask(granted: &'static str, path: &str) -> Answer {
    let router = Overrides::<()>::new()
        .principal::<user<Api>>("amy".to_owned(), Scopes::from(granted))
        .principal::<user<Rfc>>("rfc amy".to_owned(), Scopes::from(granted))
        .principal::<partner>("amy & co".to_owned(), granted.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .apply(router());
    App::new(router).get(path).await
}

#[tokio::test]
async fn a_principal_whose_scopes_cover_the_required_ones_is_let_in() {
    for granted in ["items me", "me items admin"] {
        assert_eq!(ask(granted, "/items").await, accepted("amy"));
        assert_eq!(ask(granted, "/rfc/items").await, accepted("rfc amy"));
        assert_eq!(ask(granted, "/keyed").await, accepted("amy & co"));
    }
    assert_eq!(ask("", "/status").await, accepted("amy"));
    assert_eq!(ask("", "/rfc/status").await, accepted("rfc amy"));
}

#[tokio::test]
async fn other_principals_are_refused_as_the_original_refuses() {
    for granted in ["", "items", "me", "admin", "ITEMS ME", "itemsme"] {
        assert_eq!(ask(granted, "/items").await, not_enough("items me"), "{granted}");
        let challenge = r#"Bearer error="insufficient_scope", scope="items me""#;
        let body = r#"{"error":"insufficient_scope","error_description":"Not enough permissions"}"#;
        assert_eq!(ask(granted, "/rfc/items").await, (403, Some(challenge), body), "{granted}");
    }
    let refused = (401, Some("APIKey"), r#"{"detail":"Not enough permissions"}"#);
    assert_eq!(ask("me", "/keyed").await, refused);
}

fn key() -> HmacKey {
    HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap()
}

#[security(scopes = ["items"])]
async fn claimed(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

#[tokio::test]
async fn minted_tokens_are_accepted_or_refused_as_they_are_called() {
    let app = App::new(Router::new().route("/", get(claimed)).with_state(TokenVerifier::hs256(&key())));
    let mint = Mint::new(&key());
    assert_eq!(app.get("/").bearer(mint.valid("amy", "me items")).await, accepted("amy"));
    assert_eq!(app.get("/").bearer(mint.valid("amy", "me")).await, not_enough("items"));
    assert_eq!(app.get("/").bearer(mint.expired("amy", "items")).await, not_validated("items"));
    assert_eq!(app.get("/").bearer(mint.foreign("amy", "items")).await, not_validated("items"));
    let lenient = TokenVerifier::hs256(&key()).leeway(Duration::from_secs(300));
    let app = App::new(Router::new().route("/", get(claimed)).with_state(lenient));
    assert_eq!(app.get("/").bearer(mint.expired("amy", "items")).await, not_validated("items"));
}

/// A foreign token is refused only because of its key.
#[test]
fn a_foreign_token_differs_only_in_its_signature() {
    let (mint, verifier) = (Mint::new(&key()), TokenVerifier::hs256(&key()));
    let verified = verifier.verify(&mint.valid("amy", "items")).unwrap();
    assert_eq!((verified.sub.as_str(), verified.scope.as_str()), ("amy", "items"));
    let error = verifier.verify(&mint.foreign("amy", "items")).unwrap_err();
    assert_eq!(error, axum_scopes::token::TokenError::Signature);
    assert_eq!(verifier.verify(&mint.expired("amy", "items")).unwrap_err(), axum_scopes::token::TokenError::Expired);
}

#[tokio::test]
async fn a_principal_can_stand_in_for_the_ready_made_dependency() {
    let claims = Claims::new("amy", "items", Duration::ZERO);
    let app = |granted: &'static str| {
        let app = Router::new().route("/", get(claimed)).with_state(TokenVerifier::hs256(&key()));
        let overrides = Overrides::<TokenVerifier>::new();
        App::new(overrides.principal::<verified<Api>>(claims.clone(), Scopes::from(granted)).apply(app))
    };
    assert_eq!(app("items").get("/").bearer("").await, accepted("amy"));
    assert_eq!(app("me").get("/").bearer("").await, not_enough("items"));
}
