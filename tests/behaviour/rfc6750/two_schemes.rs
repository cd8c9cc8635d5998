//! A refusal of one scheme where another one decides has the challenge of its own scheme, and names the scopes of the place.

use axum_scopes::{credential::HttpBearer, scheme::HttpBearerScheme};

use super::*;

struct Partners;
impl HttpBearerScheme for Partners {
    const REALM: Option<&str> = Some("partners");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

struct Registry;
impl OAuth2Scheme for Registry {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("repository:{name}:pull", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn partner<S: OAuth2Scheme>(
    required: SecurityScopes,
    _: Option<Bearer<S>>,
    HttpBearer(token): HttpBearer<Partners>,
) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["items"])]
async fn items(_: Depends<partner<Bare>>) {}

#[security(scopes = ["repository:{name}:pull"])]
async fn pull(_: Depends<partner<Registry>>) {}

#[tokio::test]
async fn the_challenge_of_the_second_scheme_has_its_own_realm_and_the_scopes_of_the_place() {
    let app = App::new(Router::new().route("/items", get(items)).route("/{name}", get(pull)));
    let challenge = async |path| refused(&app, path, &[]).await.challenge().unwrap().to_owned();
    assert_eq!(challenge("/items").await, r#"Bearer realm="partners", scope="items""#);
    assert_eq!(challenge("/alpine").await, r#"Bearer realm="partners", scope="repository:alpine:pull""#);
    // A name with a colon could mean another scope, so it fills in none.
    assert_eq!(challenge("/alpine:push").await, r#"Bearer realm="partners""#);
}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Bare>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["items"])]
async fn guest(required: RequiredScopes, _: Option<Depends<user>>) -> Result<(), AuthError> {
    Err(required.not_authenticated())
}

#[tokio::test]
async fn a_handler_that_refuses_a_guest_itself_names_the_scopes() {
    let app = App::new(Router::new().route("/", get(guest)));
    let expected = (401, Some(r#"Bearer scope="items""#), r#"{"detail":"Unauthorized"}"#);
    assert_eq!(refused(&app, "/", &[]).await, expected);
}
