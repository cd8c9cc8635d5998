//! A service in RFC 6750's style refuses by the codes of the RFCs, and publishes its metadata.

mod challenges;
mod metadata;
mod own_refusals;
mod published;
mod step_up;
mod token_endpoint;
mod two_schemes;

use axum_scopes::scheme::{ErrorStyle, ProtectedResource};
use axum_scopes_tests::prelude::*;

/// A scheme with a realm and metadata, so that its challenges have all parameters.
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

/// A scheme without a realm and metadata.
struct Bare;
impl OAuth2Scheme for Bare {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", ""), ("items", "")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// `GET path` with an `Authorization` header for each of `values`.
async fn ask(app: &App, path: &str, values: &[&str]) -> Answer {
    app.get(path).headers("authorization", values.iter().copied()).await
}

/// A refusal, which has to be JSON.
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
