//! Finishing a document keeps its other content.

use aide::{
    axum::{
        ApiRouter,
        routing::{get, get_with},
    },
    openapi::{ApiKeyLocation, OAuth2Flow, OAuth2Flows, OpenApi, SecurityScheme},
    transform::TransformOpenApi,
};
use axum_scopes::{
    AccessTable, ApiKeyHeader, ApiKeyScheme, Bearer, Depends, credential::HttpBearer, openapi::security_schemes,
    scheme::HttpBearerScheme, security,
};
use serde_json::{Value, json};

use crate::service::{Api, finished, get_active_user, security_of, served};

#[security(scopes = ["items"])]
async fn items(_: Depends<get_active_user>) {}

async fn optional(_: Option<Bearer<Api>>) {}

fn router() -> ApiRouter {
    ApiRouter::new().api_route("/items", get(items)).api_route("/optional", get(optional))
}

#[tokio::test]
async fn finishing_twice_changes_nothing() {
    let (_, mut api) = finished(router());
    let once = serde_json::to_string(&api).unwrap();
    let _ = security_schemes(TransformOpenApi::new(&mut api));
    assert_eq!(serde_json::to_string(&api).unwrap(), once);
    assert!(!once.contains("x-axum-scopes"), "{once}");
}

#[test]
fn an_unfinished_document_is_no_access_table() {
    let unfinished = |router: ApiRouter| {
        let mut api = OpenApi::default();
        let _: axum::Router = router.finish_api(&mut api);
        AccessTable::of_document(&api).unwrap_err().to_string()
    };
    assert!(unfinished(ApiRouter::new().api_route("/", get(items))).contains("`security_schemes`"));
    assert!(unfinished(ApiRouter::new().api_route("/", get(optional))).contains("`security_schemes`"));
}

#[test]
fn the_access_table_reads_a_finished_document() {
    let (_, api) = finished(router());
    let table = AccessTable::of_document(&api).unwrap().to_string();
    assert_eq!(
        table,
        "GET  /items     OAuth2PasswordBearer [items me]\nGET  /optional  public or OAuth2PasswordBearer\n"
    );
}

#[tokio::test]
async fn requirements_that_an_operation_has_already_are_kept() {
    let own = get_with(items, |operation| operation.security_requirement("Own"));
    let document = served(ApiRouter::new().api_route("/items", own)).await;
    let both = json!([{"OAuth2PasswordBearer": ["items", "me"], "Own": []}]);
    assert_eq!(security_of(&document, "/items"), &both);
}

#[test]
fn schemes_that_the_service_documents_are_kept() {
    let mut api = OpenApi::default();
    let key = SecurityScheme::ApiKey {
        location: ApiKeyLocation::Header,
        name: "x-own".to_owned(),
        description: None,
        extensions: Default::default(),
    };
    let scopes = [("me", "Read yourself."), ("items", "Read items."), ("admin", "Everything.")];
    let scopes = scopes.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let password = OAuth2Flow::Password { refresh_url: None, token_url: "token".to_owned(), scopes };
    let flows = OAuth2Flows { password: Some(password), ..OAuth2Flows::default() };
    let same = SecurityScheme::OAuth2 { flows, description: None, extensions: Default::default() };
    let _: axum::Router = router().finish_api_with(&mut api, |api| {
        api.security_scheme("Own", key).security_scheme("OAuth2PasswordBearer", same).with(security_schemes)
    });
    let schemes = &serde_json::to_value(&api).unwrap()["components"]["securitySchemes"];
    assert_eq!(schemes.as_object().unwrap().keys().collect::<Vec<_>>(), ["OAuth2PasswordBearer", "Own"]);
    assert_eq!(schemes["Own"], json!({"type": "apiKey", "in": "header", "name": "x-own"}));
    let flows = &schemes["OAuth2PasswordBearer"]["flows"];
    assert_eq!(flows["password"].as_object().unwrap().keys().collect::<Vec<_>>(), ["scopes", "tokenUrl"]);
}

#[test]
fn a_service_without_schemes_has_none() {
    let (_, api) = finished(ApiRouter::<()>::new().api_route("/", get(async || {})));
    assert_eq!(serde_json::to_value(&api).unwrap()["components"].get("securitySchemes"), None);
}

struct First;

impl HttpBearerScheme for First {
    const NAME: &str = "Same";
}

struct Second;

impl ApiKeyScheme for Second {
    const NAME: &str = "Same";
    const PARAMETER: &str = "x-key";
}

#[tokio::test]
async fn two_schemes_with_one_name_stay_two() {
    let both = async |_: HttpBearer<First>, _key: ApiKeyHeader<Second>| {};
    let document = served(ApiRouter::new().api_route("/", get(both))).await;
    assert_eq!(security_of(&document, "/"), &json!([{"Same": [], "Same_2": []}]));
    let schemes: &Value = &document["components"]["securitySchemes"];
    assert_eq!(schemes["Same"]["type"], "http");
    assert_eq!(schemes["Same_2"]["type"], "apiKey");
}
