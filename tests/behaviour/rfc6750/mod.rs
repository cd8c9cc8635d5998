//! A service in RFC 6750's style: what its schemes, dependencies and forms refuse, and what it says of itself.

mod challenges;
mod metadata;
mod own_refusals;
mod step_up;
mod token_endpoint;

use axum_scopes::scheme::{ErrorStyle, ProtectedResource};
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

/// `GET path` with all of `values` as headers `Authorization`.
async fn ask(app: &App, path: &str, values: &[&str]) -> Answer {
    app.get(path).headers("authorization", values.iter().copied()).await
}

/// A refusal, all of which are JSON.
async fn refused(app: &App, path: &str, values: &[&str]) -> Answer {
    json(ask(app, path, values).await)
}

fn json(answer: Answer) -> Answer {
    assert_eq!(answer.header("content-type"), Some("application/json"));
    answer
}

fn body(error: &str, description: &str) -> String {
    format!(r#"{{"error":"{error}","error_description":"{description}"}}"#)
}
