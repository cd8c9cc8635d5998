//! The scheme, the dependencies and the served documents that these tests share.

use aide::{
    axum::ApiRouter,
    openapi::{Info, OpenApi},
};
use axum::{Json, Router, routing::get};
use axum_scopes::{
    AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, openapi::security_schemes, security,
};
use axum_scopes_test_support::App;
use serde_json::Value;

pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items."), ("admin", "Everything.")];
}

/// Enforces scopes, but requires none itself.
#[security]
pub async fn get_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    required.check(&Scopes::from(token.as_str()))?;
    Ok(token.as_str().to_owned())
}

/// Requires `me`.
#[security(scopes = ["me"])]
pub async fn get_active_user(Depends(user): Depends<get_user>) -> Result<String, AuthError> {
    Ok(user)
}

/// The document of a service, from its own route.
pub async fn served(router: ApiRouter) -> Value {
    let (router, api) = finished(router);
    App::new(router.route("/openapi.json", get(async || Json(api)))).get("/openapi.json").await.json()
}

pub fn finished<T: Clone + Send + Sync + 'static>(router: ApiRouter<T>) -> (Router<T>, OpenApi) {
    let info = Info { title: "Test".to_owned(), version: "1.0.0".to_owned(), ..Info::default() };
    let mut api = OpenApi { info, ..OpenApi::default() };
    let router = router.finish_api_with(&mut api, security_schemes);
    (router, api)
}

/// The `security` of `GET path`.
pub fn security_of<'a>(document: &'a Value, path: &str) -> &'a Value {
    let operation = &document["paths"][path]["get"];
    assert!(operation.is_object(), "{path} is not in {document}");
    assert_eq!(operation.get("x-axum-scopes"), None);
    assert_eq!(operation.get("parameters"), None, "{path}");
    &operation["security"]
}
