//! The document of a service with optional credentials lists its alternatives, and wrong alternatives are found out.

use axum_scopes::{AccessTable, HttpBasic, HttpBasicScheme, credential::ApiKeyCookie};
use axum_scopes_openapi_tests::prelude::*;

use axum_scopes_test_support::truth::{Report, check};

struct Session;

impl ApiKeyScheme for Session {
    const NAME: &str = "Session";
    const PARAMETER: &str = "session";
}

fn granted(credential: &str) -> Vec<&str> {
    credential.split('+').collect()
}

/// Accepts a request without a token, or with one that covers the required scopes.
#[security]
async fn user_if_any(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(&token.as_ref().map(|Bearer(token)| granted(token.as_str())).unwrap_or_default())
}

#[security]
async fn session_if_any(required: SecurityScopes, cookie: Option<ApiKeyCookie<Session>>) -> Result<(), AuthError> {
    required.check(&cookie.as_ref().map(|ApiKeyCookie(key)| granted(key.as_str())).unwrap_or_default())
}

/// Accepts a token or a key. If both are there, the token counts.
#[security]
async fn user_or_partner(
    required: SecurityScopes,
    token: Option<Bearer<Api>>,
    key: Option<ApiKeyHeader<Partner>>,
) -> Result<(), AuthError> {
    let credential = match (token, key) {
        (Some(Bearer(token)), _) => Some(token),
        (None, key) => key.map(|ApiKeyHeader(key)| key),
    };
    required.check(&credential.as_ref().map(|credential| granted(credential.as_str())).unwrap_or_default())
}

/// Accepts any token or session.
#[security(credential_required)]
async fn somebody(_: Option<Bearer<Api>>, _: Option<ApiKeyCookie<Session>>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
#[utoipa::path(get, path = "/somebody")]
async fn by_somebody(_: Depends<somebody>) {}

#[security(credential_required)]
#[utoipa::path(get, path = "/somebody-else")]
async fn by_somebody_else(
    _: Option<ApiKeyHeader<Partner>>,
    _: Result<ApiKeyCookie<Session>, AuthError>,
) -> Result<(), AuthError> {
    Ok(())
}

#[security]
#[utoipa::path(get, path = "/anybody")]
async fn anybody(_: Option<Bearer<Api>>) {}

#[security]
#[utoipa::path(get, path = "/anybody-checked")]
async fn anybody_checked(_: Depends<user_or_partner>, _: Depends<session_if_any>) {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/user")]
async fn user(_: Depends<user_if_any>) {}

#[security(scopes = ["items", "me"])]
#[utoipa::path(get, path = "/either")]
async fn either(_: Depends<user_or_partner>) {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/two")]
async fn two(_: Depends<user_or_partner>, #[security(scopes = ["me"])] _: Depends<session_if_any>) {}

#[security]
#[utoipa::path(get, path = "/one-of-two")]
async fn one_of_two(_: Depends<user_or_partner>, #[security(scopes = ["me"])] _: Depends<session_if_any>) {}

/// The token is required, so it counts whether or not there is a key.
#[security]
#[utoipa::path(get, path = "/token-besides")]
async fn token_besides(_: Bearer<Api>, #[security(scopes = ["items"])] _: Depends<user_or_partner>) {}

#[security]
#[utoipa::path(get, path = "/key-and-anybody")]
async fn key_and_anybody(_: Depends<get_partner>, _: Depends<user_if_any>) {}

struct Staff;
impl HttpBasicScheme for Staff {}

#[security]
#[utoipa::path(get, path = "/staff")]
async fn staff(_: HttpBasic<Staff>) {}

#[security]
#[utoipa::path(get, path = "/open")]
async fn open() {}

#[derive(OpenApi)]
#[openapi(security(("OAuth2PasswordBearer" = ["admin"])))]
struct AsksForAdmin;

fn service() -> (Router, Value) {
    let router = OpenApiRouter::with_openapi(AsksForAdmin::openapi())
        .routes(routes!(anybody))
        .routes(routes!(anybody_checked))
        .routes(routes!(by_somebody))
        .routes(routes!(by_somebody_else))
        .routes(routes!(user))
        .routes(routes!(either))
        .routes(routes!(two))
        .routes(routes!(one_of_two))
        .routes(routes!(key_and_anybody))
        .routes(routes!(token_besides))
        .routes(routes!(staff))
        .nest(
            "/guarded",
            guard!(scopes = ["me"], depends(user_or_partner)).protect(OpenApiRouter::new().routes(routes!(two))),
        )
        .routes(routes!(open));
    let (router, api) = router.split_secured();
    (router, serde_json::to_value(api).unwrap())
}

async fn report(document: &Value) -> Report {
    let token = |scopes: &[&str]| if scopes.is_empty() { "none".to_owned() } else { scopes.join("+") };
    check(&service().0, document, token).await
}

#[tokio::test]
async fn each_alternative_is_enough_and_anything_less_is_refused() {
    let report = report(&service().1).await;
    assert_eq!(report.lies, Vec::<String>::new());
    assert_eq!(report.skipped, ["GET /staff: HTTPBasic"], "HTTP Basic is neither a token nor a key");
}

#[test]
fn the_table_lists_the_alternatives() {
    let expected = "\
GET  /anybody          public or OAuth2PasswordBearer
GET  /anybody-checked  public or OAuth2PasswordBearer or PartnerKey or Session
GET  /either           OAuth2PasswordBearer [items me] or PartnerKey [items me]
GET  /guarded/two      OAuth2PasswordBearer [me items] and Session [items me] or PartnerKey [me items] and Session [items me]
GET  /key-and-anybody  PartnerKey
GET  /one-of-two       Session [me]
GET  /open             public
GET  /somebody         OAuth2PasswordBearer or Session
GET  /somebody-else    PartnerKey or Session
GET  /staff            HTTPBasic
GET  /token-besides    OAuth2PasswordBearer [items]
GET  /two              OAuth2PasswordBearer [items] and Session [items me] or PartnerKey [items] and Session [items me]
GET  /user             OAuth2PasswordBearer [items]
";
    assert_eq!(AccessTable::of_document(&service().1).unwrap().to_string(), expected);
}

#[tokio::test]
async fn a_document_with_other_alternatives_is_found_out() {
    let token = || json!({"OAuth2PasswordBearer": ["items"]});
    let session = || json!({"Session": ["items", "me"]});
    for (path, security, lie) in [
        // An open operation that is listed as protected.
        ("/anybody", json!([{"OAuth2PasswordBearer": []}]), "it is not public, and without a credential answers 200"),
        (
            "/open",
            json!([{"OAuth2PasswordBearer": ["admin"]}]),
            "it is not public, and without a credential answers 200",
        ),
        ("/user", json!([{}, token()]), "it is public, and without a credential answers 401"),
        // Alternatives, although both are required.
        ("/two", json!([token(), session()]), "with all of OAuth2PasswordBearer [items] it answers 401"),
        // Both, although either is enough.
        (
            "/either",
            json!([{"OAuth2PasswordBearer": ["items", "me"], "PartnerKey": ["items", "me"]}]),
            "without Header(\"x-partner\") it answers 200",
        ),
        (
            "/either",
            json!([{"OAuth2PasswordBearer": ["items", "me"]}, {"PartnerKey": []}]),
            "with all of PartnerKey it",
        ),
        ("/one-of-two", json!([{"Session": ["me"], "PartnerKey": []}]), "without Header(\"x-partner\") it answers 200"),
        ("/key-and-anybody", json!([{}, {"PartnerKey": []}]), "it is public, and without a credential answers 401"),
    ] {
        let mut document = service().1;
        document["paths"][path]["get"]["security"] = security;
        let lies = report(&document).await.lies;
        assert!(lies.iter().any(|found| found.starts_with(&format!("GET {path}: {lie}"))), "{path} {lie}: {lies:?}");
        assert!(lies.iter().all(|found| found.starts_with(&format!("GET {path}:"))), "{lies:?}");
    }
}

/// Without its `security: []`, an open operation inherits the security of the document.
#[tokio::test]
async fn an_open_operation_that_inherits_security_is_found_out() {
    let mut document = service().1;
    document["paths"]["/open"]["get"].as_object_mut().unwrap().remove("security");
    let lies = report(&document).await.lies;
    let expected = [
        "GET /open: it is not public, and without a credential answers 200",
        "GET /open: without \"admin\" it answers 200",
    ];
    assert_eq!(lies, expected);
}
