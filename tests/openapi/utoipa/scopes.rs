//! An operation lists the scopes that are enforced.

use axum_scopes::{RequiredScopes, credential::HttpBearer, scheme::HttpBearerScheme};
use axum_scopes_openapi_tests::prelude::*;

#[security(scopes = ["admin", "me"])]
async fn get_admin(Depends(user): Depends<get_current_active_user>) -> Result<String, AuthError> {
    Ok(user)
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/chain")]
async fn chain(_: Depends<get_admin>) {}

#[security]
#[utoipa::path(get, path = "/edge")]
async fn edge(
    #[security(scopes = ["items"])] _: Depends<get_current_user>,
    #[security(scopes = ["read"])] _: Depends<get_client>,
) {
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/two")]
async fn two(_: Depends<get_current_active_user>, #[security(scopes = ["admin"])] _: Depends<get_current_user>) {}

#[security(scopes = ["items"], depends(get_current_active_user))]
#[utoipa::path(get, path = "/effect")]
async fn effect() {}

type CurrentUser = Depends<get_current_user>;

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/alias")]
async fn alias(#[security] _user: CurrentUser) {}

#[security]
#[utoipa::path(get, path = "/alias-edge")]
async fn alias_edge(#[security(scopes = ["admin"])] Depends(_user): CurrentUser) {}

#[security]
#[utoipa::path(get, path = "/none-required")]
async fn none_required(_: Depends<get_current_user>) {}

#[security]
async fn language(required: RequiredScopes) -> Result<String, AuthError> {
    Ok(required.scope_str().to_owned())
}

#[security(depends(language))]
#[utoipa::path(get, path = "/public")]
async fn public() {}

#[expect(dead_code, reason = "documented, and nothing else")]
#[utoipa::path(get, path = "/plain")]
async fn plain() {}

/// The first credential is not compared with any scopes.
#[security]
#[utoipa::path(get, path = "/credential")]
async fn credential(_: Bearer<Api>, #[security(scopes = ["me"])] _: Depends<get_current_user>) {}

struct Unscoped;
impl HttpBearerScheme for Unscoped {}

#[security]
async fn get_unscoped(required: SecurityScopes, HttpBearer(token): HttpBearer<Unscoped>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security(scopes = ["anything"])]
#[utoipa::path(get, path = "/unscoped")]
async fn unscoped(_: Depends<get_unscoped>) {}

#[derive(OpenApi)]
#[openapi(
    paths(chain, edge, two, effect, alias, alias_edge, none_required, public, plain, credential, unscoped),
    modifiers(&SecuritySchemes)
)]
struct Document;

#[test]
fn operations_list_the_merged_scopes_outermost_first() {
    let api = finished::<Document>();
    for (path, expected) in [
        ("/chain", json!([{"OAuth2PasswordBearer": ["items", "admin", "me"]}])),
        ("/edge", json!([{"OAuth2PasswordBearer": ["items"], "Rfc": ["read"]}])),
        ("/two", json!([{"OAuth2PasswordBearer": ["items", "me", "admin"]}])),
        ("/effect", json!([{"OAuth2PasswordBearer": ["items", "me"]}])),
        ("/alias", json!([{"OAuth2PasswordBearer": ["items"]}])),
        ("/alias-edge", json!([{"OAuth2PasswordBearer": ["admin"]}])),
        ("/none-required", json!([{"OAuth2PasswordBearer": []}])),
        ("/public", Value::Null),
        ("/plain", Value::Null),
        ("/credential", json!([{"OAuth2PasswordBearer": ["me"]}])),
        ("/unscoped", json!([{"HTTPBearer": ["anything"]}])),
    ] {
        assert_eq!(requires(&api, &format!("get {path}")), expected, "{path}");
    }
}

#[test]
fn a_router_lists_the_same_scopes() {
    let router = OpenApiRouter::new().routes(routes!(chain)).routes(routes!(public));
    let api = document(router);
    assert_eq!(requires(&api, "get /chain"), requires(&finished::<Document>(), "get /chain"));
    assert_eq!(requires(&api, "get /public"), Value::Null);
}

#[test]
fn a_scheme_without_scopes_is_defined_without_them() {
    let api = finished::<Document>();
    assert_eq!(api["components"]["securitySchemes"]["HTTPBearer"], json!({"type": "http", "scheme": "bearer"}));
}

#[test]
fn components_hold_the_schemes_of_all_operations_and_no_others() {
    let api = finished::<Document>();
    let names: Vec<_> = api["components"]["securitySchemes"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["HTTPBearer", "OAuth2PasswordBearer", "Rfc"]);
}
