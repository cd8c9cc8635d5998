//! The document that aide writes, and the redirects.
#![allow(clippy::unwrap_used, reason = "tests")]

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Request},
    response::Response,
};
use axum_scopes::{AccessTable, HmacKey, testing::open_routes};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

fn service() -> Router {
    router(App::new(&HmacKey::new([7; 32]).unwrap())).unwrap()
}

async fn get(path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    service().into_router().oneshot(request).await.unwrap()
}

async fn document() -> Value {
    let response = get("/openapi.json").await;
    serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
}

#[tokio::test]
async fn the_other_spelling_leads_to_the_route() {
    for (path, route) in [("/users/me", "/users/me/"), ("/status?x", "/status/?x"), ("/token/", "/token")] {
        let response = get(path).await;
        assert_eq!(
            (response.status().as_u16(), &response.headers()["location"]),
            (307, &HeaderValue::from_static(route))
        );
    }
}

#[tokio::test]
async fn the_scheme_is_that_of_fastapi() {
    let scopes = json!({"me": "Read information about the current user.", "items": "Read items."});
    let flows = json!({"password": {"scopes": scopes, "tokenUrl": "token"}});
    let expected = json!({"OAuth2PasswordBearer": {"type": "oauth2", "flows": flows}});
    assert_eq!(document().await["components"]["securitySchemes"], expected);
}

#[tokio::test]
async fn each_operation_lists_its_scopes() {
    let document = document().await;
    let security = |path: &str| &document["paths"][path]["get"]["security"];
    assert_eq!(security("/users/me/"), &json!([{"OAuth2PasswordBearer": ["me"]}]));
    assert_eq!(security("/users/me/items/"), &json!([{"OAuth2PasswordBearer": ["items", "me"]}]));
    assert_eq!(security("/status/"), &json!([{"OAuth2PasswordBearer": []}]));
    assert_eq!(document["paths"]["/token"]["post"]["security"], json!([{}]));
}

#[test]
fn nobody_opens_a_route_by_mistake() {
    let (router, api) = routes();
    let table = "\
GET   /status/          OAuth2PasswordBearer
POST  /token            public (a login needs no token)
GET   /users/me/        OAuth2PasswordBearer [me]
GET   /users/me/items/  OAuth2PasswordBearer [items me]
";
    assert_eq!(router.table().to_string(), table);
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);
}

/// What else is open are the docs page and the redirects.
#[tokio::test]
async fn what_is_open_is_meant_to_be() {
    let page = ["/docs", "/docs/", "/docs/init.js", "/docs/oauth2-redirect.html", "/docs/oauth2-redirect.js"];
    let open = page.into_iter().chain(["/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/openapi.json"]);
    let open = open.map(|path| format!("GET {path} 200")).chain(["POST /token 422".to_owned()]);
    assert_eq!(open_routes(service().into_router()).await, open.collect::<Vec<_>>());
}
