//! Security that only the user's document requires is kept, and never shown as enforced.

use aide::{
    axum::{
        ApiRouter,
        routing::{get, get_with},
    },
    openapi::OpenApi,
    transform::TransformOpenApi,
};
use axum_scopes::{
    AccessTable, AuthError, Bearer, Depends, RequiredScopes, dependency::Root, guard, openapi::security_schemes,
    security,
};
use serde_json::{Value, json};

use crate::service::{Api, get_active_user, get_user};

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn open(_: Depends<opening_hours>) {}

#[security]
async fn looks(_: RequiredScopes) {}

#[security]
async fn anybody(_: Option<Bearer<Api>>) {}

#[security(scopes = ["items"])]
async fn items(_: Depends<get_active_user>) {}

/// aide sees only parameters, so it cannot know that this function has `#[security]`.
#[security]
async fn without_parameters() {}

/// A handler of another crate, which may enforce what the document says.
async fn foreign(_: Depends<opening_hours, Root>) {}

fn router() -> ApiRouter {
    ApiRouter::new()
        .api_route("/open", get(open))
        .api_route("/looks", get(looks))
        .api_route("/anybody", get(anybody))
        .api_route("/items", get(items))
        .api_route("/without-parameters", get(without_parameters))
        .api_route("/foreign", get(foreign))
        .api_route("/open-claims", get_with(open, |operation| operation.security_requirement("Mine")))
        .api_route("/items-claims", get_with(items, |operation| operation.security_requirement("Mine")))
}

/// The document of a service that requires `admin` everywhere.
fn asks_for_admin(router: ApiRouter) -> OpenApi {
    let security = [("OAuth2PasswordBearer".to_owned(), vec!["admin".to_owned()])].into_iter().collect();
    let mut api = OpenApi { security: vec![security], ..OpenApi::default() };
    let _: axum::Router = router.finish_api_with(&mut api, security_schemes);
    api
}

fn table(api: &OpenApi) -> String {
    AccessTable::of_document(api).unwrap().to_string()
}

#[test]
fn an_open_operation_does_not_inherit_the_security_of_the_document() {
    let expected = "\
GET  /anybody             public or OAuth2PasswordBearer
GET  /foreign             claimed OAuth2PasswordBearer [admin]
GET  /items               OAuth2PasswordBearer [items me]
GET  /items-claims        OAuth2PasswordBearer [items me], claimed Mine
GET  /looks               public
GET  /open                public
GET  /open-claims         claimed Mine
GET  /without-parameters  claimed OAuth2PasswordBearer [admin]
";
    let api = asks_for_admin(router());
    assert_eq!(table(&api), expected);
    let api = serde_json::to_value(&api).unwrap();
    assert_eq!(api["paths"]["/open"]["get"]["security"], json!([{}]), "aide does not write an empty list");
    assert_eq!(api["paths"]["/items"]["get"]["x-enforced-security"], api["paths"]["/items"]["get"]["security"]);
    assert_eq!(api["paths"]["/open"]["get"].get("x-enforced-security"), None);
}

#[test]
fn operations_inherit_nothing_from_a_document_without_security() {
    let mut api = OpenApi::default();
    let _: axum::Router = router().finish_api_with(&mut api, security_schemes);
    let json = serde_json::to_value(&api).unwrap();
    assert_eq!(json["paths"]["/open"]["get"].get("security"), None);
    assert!(table(&api).contains("GET  /foreign             public\n"), "{}", table(&api));
}

#[test]
fn claims_of_a_foreign_handler_stay_claims_behind_a_guard() {
    let table = table(&asks_for_admin(guard!(depends(get_user)).protect(router())));
    for row in [
        "GET  /foreign             OAuth2PasswordBearer, claimed OAuth2PasswordBearer [admin]\n",
        "GET  /open                OAuth2PasswordBearer\n",
        "GET  /open-claims         OAuth2PasswordBearer, claimed Mine\n",
    ] {
        assert!(table.contains(row), "{row}{table}");
    }
}

#[test]
fn finishing_twice_changes_nothing() {
    let mut api = asks_for_admin(router());
    let once: Value = serde_json::to_value(&api).unwrap();
    let _ = security_schemes(TransformOpenApi::new(&mut api));
    assert_eq!(serde_json::to_value(&api).unwrap(), once);
}
