//! Who may call which method: the scheme with its scopes, and a handler for each method.

use axum::{
    extract::{FromRef, Request, State},
    response::Response,
};
use axum_scopes::{
    AuthError, Claims, Depends, Flows, OAuth2Scheme, TokenVerifier,
    scheme::ErrorStyle,
    secure::{Router, post, public},
    security, verified,
};
use tonic::{Status, codegen::Service};

use crate::{
    notes::NotesServer,
    store::{Caller, Store},
};

pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("https://issuer.invalid/token");
    const SCOPES: &[(&str, &str)] = &[("notes:read", "Read your notes."), ("notes:write", "Write notes.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    // All refusals are answers of gRPC.
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(AuthError::grpc_response);
}

#[derive(Clone, FromRef)]
pub struct App {
    pub verifier: TokenVerifier,
    pub notes: NotesServer<Store>,
}

/// The path of a method is its route.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/notes.v1.Notes/List", post(list))
        .route("/notes.v1.Notes/Add", post(add))
        .fallback(public("that a method does not exist is no secret", async || {
            Status::unimplemented("There is no such method").into_http::<axum::body::Body>()
        }))
}

#[security(scopes = ["notes:read"])]
async fn list(
    Depends(claims): Depends<verified<Api>>,
    State(notes): State<NotesServer<Store>>,
    call: Request,
) -> Response {
    hand_on(call, claims, notes).await
}

#[security(scopes = ["notes:read", "notes:write"])]
async fn add(
    Depends(claims): Depends<verified<Api>>,
    State(notes): State<NotesServer<Store>>,
    call: Request,
) -> Response {
    hand_on(call, claims, notes).await
}

/// Hands a call on to the service, with its caller among the extensions, where tonic keeps them.
async fn hand_on(mut call: Request, claims: Claims, mut notes: NotesServer<Store>) -> Response {
    call.extensions_mut().insert(Caller(claims.sub.to_string()));
    notes.call(call).await.unwrap_or_else(|never| match never {})
}
