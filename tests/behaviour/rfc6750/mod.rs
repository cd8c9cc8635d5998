//! A service in RFC 6750's style: what its schemes, dependencies and forms refuse, and what it says of itself.

mod challenges;
mod metadata;
mod own_refusals;
mod step_up;
mod token_endpoint;

use axum::{
    body::{Body, to_bytes},
    http::HeaderMap,
};
use axum_scopes::{ErrorStyle, ProtectedResource};
use axum_scopes_tests::prelude::*;

/// With everything that a challenge can say.
struct Full;
impl OAuth2Scheme for Full {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const REALM: Option<&str> = Some("the shop, 2nd floor");
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(
        ProtectedResource::new("https://api.example/v1")
            .with_authorization_servers(&["https://id.example", "https://id.example/tenant"])
            .with_name("The shop's API"),
    );
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// With nothing.
struct Bare;
impl OAuth2Scheme for Bare {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// Status, headers and body of `GET path` with all of `values` as headers `Authorization`.
async fn ask(app: &Router, path: &str, values: &[&str]) -> (u16, HeaderMap, String) {
    let request = values.iter().fold(Request::get(path), |request, value| request.header("authorization", *value));
    answer(app, request.body(Body::empty()).unwrap()).await
}

async fn answer(app: &Router, request: Request) -> (u16, HeaderMap, String) {
    let (parts, body) = tower::ServiceExt::oneshot(app.clone(), request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

/// Status, the only challenge, and body.
fn refused(answer: (u16, HeaderMap, String)) -> (u16, Option<String>, String) {
    let (status, headers, body) = answer;
    assert_eq!(headers["content-type"], "application/json");
    let challenges: Vec<_> = headers.get_all("www-authenticate").iter().collect();
    assert!(challenges.len() <= 1, "{challenges:?}");
    (status, challenges.first().map(|value| value.to_str().unwrap().to_owned()), body)
}

fn body(error: &str, description: &str) -> String {
    format!(r#"{{"error":"{error}","error_description":"{description}"}}"#)
}
