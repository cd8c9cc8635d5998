//! The schemes of one tree are one requirement, and the optional schemes of one function are alternatives.
//!
//! OpenAPI 3.1 §4.8.30: a client has to satisfy all schemes of one of the requirement objects.

use axum_scopes::{HttpBasic, HttpBasicScheme};
use axum_scopes_openapi_tests::prelude::*;

struct Staff;
impl HttpBasicScheme for Staff {}

#[security]
#[utoipa::path(get, path = "/together")]
async fn together(_: Depends<get_current_active_user>, _: Depends<get_partner>) {}

/// Either credential is enough.
#[security]
async fn either(
    required: SecurityScopes,
    bearer: Option<Bearer<Api>>,
    partner: Option<ApiKeyHeader<Partner>>,
) -> Result<(), AuthError> {
    match (bearer, partner) {
        (Some(Bearer(token)), _) => required.check(&Scopes::from(token.as_str())),
        (None, Some(_)) => required.check(&["me", "items"]),
        (None, None) => Err(required.unauthorized("Not authenticated")),
    }
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/either")]
async fn read_either(_: Depends<either>) {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/either-and")]
async fn read_either_and(_: Depends<either>, _: HttpBasic<Staff>) {}

#[security]
#[utoipa::path(get, path = "/result")]
async fn result(_: Result<Bearer<Api>, AuthError>, _: Result<HttpBasic<Staff>, AuthError>) {}

#[security]
#[utoipa::path(get, path = "/optional")]
async fn optional(_: Option<Bearer<Api>>) {}

/// Requires its own credential if scopes are required.
#[security]
async fn partner_if_any(required: SecurityScopes, key: Option<ApiKeyHeader<Partner>>) -> Result<(), AuthError> {
    required.check(&key.map(|_| ["items"]))
}

#[security]
async fn user_if_any(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(&token.map(|Bearer(token)| Scopes::from(token.as_str())))
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/two")]
async fn two(_: Depends<partner_if_any>, _: Depends<user_if_any>) {}

#[security]
#[utoipa::path(get, path = "/one-of-two")]
async fn one_of_two(_: Depends<partner_if_any>, #[security(scopes = ["items"])] _: Depends<user_if_any>) {}

#[security]
#[utoipa::path(get, path = "/none-of-two")]
async fn none_of_two(_: Depends<partner_if_any>, _: Depends<user_if_any>) {}

/// A credential that is required in one place is required, even if it is optional in another.
#[security]
#[utoipa::path(get, path = "/both")]
async fn both(_: Option<Bearer<Api>>, _: Option<ApiKeyHeader<Partner>>, _: Depends<get_current_active_user>) {}

#[security]
#[utoipa::path(get, path = "/tuple")]
async fn tuple(_: (HttpBasic<Staff>, ApiKeyHeader<Partner>)) {}

#[security]
#[utoipa::path(get, path = "/optional-tuple")]
async fn optional_tuple(_: Result<(HttpBasic<Staff>, ApiKeyHeader<Partner>), axum::response::Response>) {}

#[derive(OpenApi)]
#[openapi(
    paths(
        together, read_either, read_either_and, result, optional, both, tuple, optional_tuple, two, one_of_two, none_of_two
    ),
    modifiers(&SecuritySchemes)
)]
struct Document;

#[test]
fn schemes_of_one_tree_are_required_together() {
    let api = finished::<Document>();
    let expected = json!([{"OAuth2PasswordBearer": ["me"], "PartnerKey": []}]);
    assert_eq!(requires(&api, "get /together"), expected);
    assert_eq!(requires(&api, "get /tuple"), json!([{"HTTPBasic": [], "PartnerKey": []}]));
}

#[test]
fn each_optional_scheme_is_an_alternative() {
    let api = finished::<Document>();
    let expected = json!([{"OAuth2PasswordBearer": ["items"]}, {"PartnerKey": ["items"]}]);
    assert_eq!(requires(&api, "get /either"), expected, "nothing grants `items` without a credential");
    assert_eq!(requires(&api, "get /result"), json!([{}, {"OAuth2PasswordBearer": []}, {"HTTPBasic": []}]));
    assert_eq!(requires(&api, "get /optional"), json!([{}, {"OAuth2PasswordBearer": []}]));
    assert_eq!(requires(&api, "get /optional-tuple"), json!([{}, {"HTTPBasic": [], "PartnerKey": []}]));
}

#[test]
fn functions_with_optional_credentials_are_no_alternatives_of_each_other() {
    let api = finished::<Document>();
    let both = json!([{"OAuth2PasswordBearer": ["items"], "PartnerKey": ["items"]}]);
    assert_eq!(requires(&api, "get /two"), both);
    assert_eq!(requires(&api, "get /one-of-two"), json!([{"OAuth2PasswordBearer": ["items"]}]));
    assert_eq!(requires(&api, "get /none-of-two"), json!([{}, {"PartnerKey": []}, {"OAuth2PasswordBearer": []}]));
}

#[test]
fn required_schemes_are_in_every_alternative() {
    let api = finished::<Document>();
    let expected = json!([
        {"HTTPBasic": [], "OAuth2PasswordBearer": ["items"]},
        {"HTTPBasic": [], "PartnerKey": ["items"]},
    ]);
    assert_eq!(requires(&api, "get /either-and"), expected, "basic alone grants no scope");
    assert_eq!(requires(&api, "get /both"), json!([{"OAuth2PasswordBearer": ["me"]}]));
    let schemes = api["components"]["securitySchemes"].as_object().unwrap();
    assert!(schemes.contains_key("PartnerKey"), "the function reads the key nevertheless");
}
