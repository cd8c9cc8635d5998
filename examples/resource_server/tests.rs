//! The service without its provider: nothing listens where the issuer is.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use axum_scopes::{
    AccessTable, Claims, Scopes,
    issuer::IssuerVerifier,
    scheme::Endpoints,
    testing::{Overrides, open_routes},
    verified,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{app::App, auth::Api, config::Config, docs, routes};

const ISSUER: &str = "http://127.0.0.1:1";
/// Of a token that names that issuer: `{"alg":"RS256","kid":"1"}` and `{"iss":"http://127.0.0.1:1"}`.
const UNVERIFIED: &str = "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJodHRwOi8vMTI3LjAuMC4xOjEifQ.AA";

fn config(variables: &[(&str, &str)]) -> Result<Config, String> {
    let value = |name: &str| Some(variables.iter().find(|(known, _)| *known == name)?.1.to_owned());
    Config::from_env(value)
}

fn service() -> Router {
    let variables = [("ISSUER", ISSUER), ("AUDIENCE", "https://api.example.com/v1"), ("CLIENT_ID", "docs-page")];
    routes::router(&config(&variables).unwrap()).unwrap()
}

async fn send(router: &Router, request: Request<Body>) -> (u16, HeaderMap, String) {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    (parts.status.as_u16(), parts.headers, String::from_utf8(body).unwrap())
}

async fn get(router: &Router, path: &str, credential: Option<&str>) -> (u16, HeaderMap, String) {
    let request =
        credential.into_iter().fold(Request::get(path), |request, value| request.header("authorization", value));
    send(router, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn without_keys_nobody_gets_in_and_nothing_is_ready() {
    let service = service();
    let (status, headers, body) = get(&service, "/notes", Some(UNVERIFIED)).await;
    assert_eq!((status, headers.get(header::WWW_AUTHENTICATE)), (503, None));
    assert!(headers.contains_key(header::RETRY_AFTER));
    assert_eq!(body, r#"{"error":"temporarily_unavailable","error_description":"Service Unavailable"}"#);
    for path in ["/ready", "/docs", "/docs/", "/docs/init.js", "/openapi.json"] {
        assert_eq!(get(&service, path, None).await.0, 503, "{path}");
    }
    assert_eq!(get(&service, "/notes", Some("Bearer of.another.issuer")).await.0, 401);
}

#[tokio::test]
async fn the_challenge_leads_to_metadata_that_names_the_issuer() {
    let service = service();
    let (status, headers, _) = get(&service, "/notes", None).await;
    let url = "https://api.example.com/.well-known/oauth-protected-resource/v1";
    let challenge = format!("Bearer resource_metadata=\"{url}\", scope=\"notes:read\"");
    assert_eq!((status, headers[header::WWW_AUTHENTICATE].to_str().unwrap()), (401, challenge.as_str()));
    let (status, _, body) = get(&service, "/.well-known/oauth-protected-resource/v1", None).await;
    let metadata = json!({
        "resource": "https://api.example.com/v1",
        "authorization_servers": [ISSUER],
        "scopes_supported": ["notes:read", "notes:write"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Notes",
    });
    assert_eq!((status, serde_json::from_str::<Value>(&body).unwrap()), (200, metadata));
}

/// The page and the document, as they are once the issuer has named its endpoints.
fn page() -> Router {
    let issuer = Endpoints::new("https://login.example.com/authorize", "https://id.example.com/token").unwrap();
    docs::docs(routes::routes().1, issuer, "docs-page", "https://api.example.com").unwrap()
}

#[tokio::test]
async fn the_document_names_the_issuers_endpoints_and_the_constants_scopes() {
    let (_, _, document) = get(&page(), "/openapi.json", None).await;
    assert!(!document.contains("issuer.invalid"), "{document}");
    let document: Value = serde_json::from_str(&document).unwrap();
    let flow = json!({
        "authorizationUrl": "https://login.example.com/authorize?resource=https%3A%2F%2Fapi.example.com",
        "tokenUrl": "https://id.example.com/token",
        "scopes": {"notes:read": "Read your notes.", "notes:write": "Write notes."},
    });
    let schemes = json!({"Issuer": {"type": "oauth2", "flows": {"authorizationCode": flow}}});
    assert_eq!(document["components"]["securitySchemes"], schemes);
    let statuses = |method: &str| {
        let responses = document["paths"]["/notes"][method]["responses"].as_object().unwrap();
        responses.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(statuses("get"), "200 400 401 403 503");
    assert_eq!(statuses("post"), "201 400 401 403 409 415 422 503");
    let (_, headers, html) = get(&page(), "/docs", None).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self' https://id.example.com;"), "{policy}");
    assert!(html.contains("docs-page"), "{html}");
}

#[test]
fn nobody_opens_a_route_by_mistake() {
    let (router, api) = routes::routes();
    let table = "\
GET   /notes  Issuer [notes:read]
POST  /notes  Issuer [notes:write notes:read]
GET   /ready  public (load balancers have no token)
";
    assert_eq!(router.table().to_string(), table);
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);
}

/// What else is open are the docs page, which has no issuer to log in at here, and the metadata.
#[tokio::test]
async fn what_is_open_is_meant_to_be() {
    let docs = ["GET /docs 503", "GET /docs/ 503", "GET /docs/{file} 503", "GET /openapi.json 503"];
    let metadata = "GET /.well-known/oauth-protected-resource/v1 200";
    let expected: Vec<_> = [metadata].into_iter().chain(docs).chain(["GET /ready 503"]).collect();
    assert_eq!(open_routes(service()).await, expected);
}

/// The service for which the issuer has signed a token of amy's with these scopes.
fn for_amy(scopes: &'static str) -> Router {
    let claims = Claims::new("amy", scopes, Duration::from_secs(60));
    Overrides::<App>::new().principal::<verified<Api, IssuerVerifier>>(claims, Scopes::from(scopes)).apply(service())
}

async fn write(router: &Router) -> u16 {
    let request = Request::post("/notes").header("content-type", "application/json");
    send(router, request.body(Body::from(r#"{"text":"Buy milk"}"#)).unwrap()).await.0
}

#[tokio::test]
async fn writing_needs_both_scopes() {
    assert_eq!(write(&for_amy("notes:read")).await, 403);
    assert_eq!(write(&for_amy("notes:write")).await, 403);
    let service = for_amy("notes:read notes:write");
    assert_eq!(write(&service).await, 201);
    assert_eq!(get(&service, "/notes", None).await.2, r#"[{"text":"Buy milk"}]"#);
    for _ in 1..100 {
        assert_eq!(write(&service).await, 201);
    }
    assert_eq!(write(&service).await, 409);
}

#[test]
fn what_is_configured_wrong_is_said() {
    let (issuer, audience) = (("ISSUER", "https://id.example.com"), ("AUDIENCE", "https://api.example.com"));
    for (variables, expected) in [
        (vec![audience], "ISSUER is missing: "),
        (vec![("ISSUER", ""), audience], "ISSUER is missing: "),
        (vec![issuer], "AUDIENCE is missing: "),
        (vec![("ISSUER", "http://id.example.com"), audience], "ISSUER is `http://id.example.com`, which is not an "),
        (vec![issuer, ("AUDIENCE", "notes")], "AUDIENCE is `notes`, which is not an absolute `https` URL"),
    ] {
        let message = config(&variables).err().unwrap();
        assert!(message.starts_with(expected), "{message}");
        assert!(message.contains("cargo run --example resource_server"), "{message}");
    }
    assert!(config(&[issuer, audience]).unwrap().client_id.is_empty());
}
