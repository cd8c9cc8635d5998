//! The second of two schemes with one name gets a number, and a warning is logged.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum_scopes::credential::ApiKeyQuery;
use axum_scopes_openapi_tests::prelude::*;
use axum_scopes_test_support::logged;
use utoipa::Modify;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

/// Another scheme with the name of [`Api`].
struct Other;

impl OAuth2Scheme for Other {
    const FLOWS: Flows = Flows::password("other/token");
    const SCOPES: &[(&str, &str)] = &[("other", "")];
}

struct Third;

impl OAuth2Scheme for Third {
    const FLOWS: Flows = Flows::password("third/token");
    const SCOPES: &[(&str, &str)] = &[];
}

#[security]
async fn get_other(required: SecurityScopes, Bearer(token): Bearer<Other>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/1")]
async fn first(_: Depends<get_current_user>) {}

#[security(scopes = ["other"])]
#[utoipa::path(get, path = "/2")]
async fn second(_: Depends<get_other>) {}

#[security]
#[utoipa::path(get, path = "/3")]
async fn third(_: Bearer<Third>, #[security(scopes = ["other"])] _: Depends<get_other>) {}

fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(first)).routes(routes!(second)).routes(routes!(third))
}

/// Runs one test after the other. `tracing` asks only once whether anybody listens to an event, and a test that does not
/// listen would answer for all.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn logged_document(router: OpenApiRouter) -> (Value, Vec<String>) {
    let _alone = alone();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(logged(async { document(router) }))
}

#[test]
fn the_second_scheme_of_a_name_gets_a_number() {
    let (api, lines) = logged_document(router());
    let schemes = &api["components"]["securitySchemes"];
    let url = |name: &str| schemes[name]["flows"]["password"]["tokenUrl"].clone();
    assert_eq!(url("OAuth2PasswordBearer"), "token");
    assert_eq!(url("OAuth2PasswordBearer_2"), "other/token");
    assert_eq!(url("OAuth2PasswordBearer_3"), "third/token");
    assert_eq!(requires(&api, "get /1"), json!([{"OAuth2PasswordBearer": ["items"]}]));
    assert_eq!(requires(&api, "get /2"), json!([{"OAuth2PasswordBearer_2": ["other"]}]));
    assert_eq!(requires(&api, "get /3"), json!([{"OAuth2PasswordBearer_2": ["other"], "OAuth2PasswordBearer_3": []}]));
    let message =
        "ERROR two security schemes have this name; give one of them another `NAME` scheme=\"OAuth2PasswordBearer\"";
    assert!(!lines.is_empty() && lines.iter().all(|line| line == message), "{lines:?}");
}

#[security]
#[utoipa::path(get, path = "/places")]
async fn places(_: ApiKeyHeader<Partner>, _: ApiKeyQuery<Partner>) {}

#[test]
fn two_schemes_of_one_name_in_one_operation_are_both_required() {
    let (api, lines) = logged_document(OpenApiRouter::new().routes(routes!(places)));
    assert_eq!(requires(&api, "get /places"), json!([{"PartnerKey": [], "PartnerKey_2": []}]));
    assert_eq!(api["components"]["securitySchemes"]["PartnerKey"]["in"], "header");
    assert_eq!(api["components"]["securitySchemes"]["PartnerKey_2"]["in"], "query");
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[test]
fn nothing_is_logged_where_the_names_differ() {
    let (_, lines) = logged_document(OpenApiRouter::new().routes(routes!(first)));
    assert_eq!(lines, Vec::<String>::new());
}

/// A document that already has another scheme of that name.
struct Declared;

impl Modify for Declared {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("x-key")));
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("OAuth2PasswordBearer", key);
    }
}

#[derive(OpenApi)]
#[openapi(paths(first), modifiers(&Declared, &SecuritySchemes))]
struct Document;

#[test]
fn a_scheme_that_the_document_declares_itself_is_not_replaced() {
    let _alone = alone();
    let api = finished::<Document>();
    assert_eq!(api["components"]["securitySchemes"]["OAuth2PasswordBearer"]["name"], "x-key");
    assert_eq!(requires(&api, "get /1"), json!([{"OAuth2PasswordBearer_2": ["items"]}]));
}

/// The document already has the scheme as the library writes it.
#[test]
fn an_equal_scheme_in_the_document_is_reused() {
    let _alone = alone();
    let (_, api) = OpenApiRouter::<()>::new().routes(routes!(second)).split_secured();
    let api = document(OpenApiRouter::with_openapi(api).routes(routes!(third)));
    assert_eq!(requires(&api, "get /3"), json!([{"OAuth2PasswordBearer": ["other"], "OAuth2PasswordBearer_2": []}]));
}
