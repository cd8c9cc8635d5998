//! The parts of a small documented service, and its document as JSON, which the tests share.
#![allow(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    missing_docs,
    reason = "tests"
)]

pub mod prelude {
    pub use axum::{Router, extract::State, response::IntoResponse};
    pub use axum_scopes::{
        ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, guard,
        openapi::{SecuritySchemes, SplitSecured, routes},
        scheme::{ErrorStyle, SchemeInfo, SchemeKind},
        security,
        tree::{Describe, Node},
    };
    pub use serde_json::{Value, json};
    pub use utoipa::OpenApi;
    pub use utoipa_axum::router::OpenApiRouter;

    pub use crate::{
        Api, Partner, Rfc, document, finished, get_client, get_current_active_user, get_current_user, get_partner,
        requires,
    };
}

use prelude::*;

/// A scheme with three scopes. A token is the list of granted scopes, joined by `+`.
#[derive(Debug)]
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything.")];
}

/// Another scheme, in RFC 6750's style.
#[derive(Debug)]
pub struct Rfc;

impl OAuth2Scheme for Rfc {
    const NAME: &str = "Rfc";
    const FLOWS: Flows = Flows::client_credentials("/rfc/token");
    const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("write", "Write.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// A scheme without scopes.
#[derive(Debug)]
pub struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner";
}

#[security]
pub async fn get_current_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok("joe".to_owned())
}

#[security(scopes = ["me"])]
pub async fn get_current_active_user(Depends(user): Depends<get_current_user>) -> Result<String, AuthError> {
    Ok(user)
}

#[security]
pub async fn get_client(required: SecurityScopes, Bearer(token): Bearer<Rfc>) -> Result<(), AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())
}

#[security]
pub async fn get_partner(ApiKeyHeader(_key): ApiKeyHeader<Partner>) -> Result<(), AuthError> {
    Ok(())
}

/// The finished document of a router.
pub fn document(router: OpenApiRouter) -> Value {
    serde_json::to_value(router.split_secured().1).unwrap()
}

/// A document as JSON. It has to be finished, so no marker may be left in it.
pub fn finished<D: OpenApi>() -> Value {
    let document = serde_json::to_value(D::openapi()).unwrap();
    assert!(!document.to_string().contains("x-axum-scopes"), "{document:#}");
    document
}

/// The `security` of an operation, `null` if it has none: `requires(&document, "get /items")`.
#[track_caller]
pub fn requires(document: &Value, operation: &str) -> Value {
    let (method, path) = operation.split_once(' ').unwrap();
    let operation = document["paths"][path].get(method).unwrap_or_else(|| panic!("no {operation} in {document:#}"));
    assert!(operation.get("x-axum-scopes").is_none(), "not finished: {operation:#}");
    operation.get("security").cloned().unwrap_or_default()
}
