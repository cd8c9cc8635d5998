//! The extractor `Claims` of axum-jwt-auth over a local key. It checks no scopes, so that the handler does, as its users write
//! it. It wants an audience in its configuration: there is one here, which it is told not to check. Its refusals have a body
//! and no challenge. It verifies with jsonwebtoken, here by aws-lc.

use std::sync::Arc;

use axum::{
    Router,
    extract::FromRef,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use axum_jwt_auth::{Claims, Decoder, LocalDecoder};

use super::{BARE, Guard, has_both, verification_10};
use crate::{keys::Issuer, requests::plain, server::Server};

pub(super) const GUARD: Guard = Guard {
    name: "axum-jwt-auth",
    form: plain,
    server,
    checks: true,
    bare: BARE,
    note: "checks no scopes, so the handler does",
};

#[derive(serde::Deserialize)]
struct Token {
    sub: String,
    scope: String,
}

#[derive(Clone, FromRef)]
struct State {
    decoder: Decoder<Token>,
}

async fn handler(token: Claims<Token>) -> Response {
    if !has_both(&token.claims.scope) {
        return StatusCode::FORBIDDEN.into_response();
    }
    token.claims.sub.into_response()
}

fn server(issuer: &Issuer) -> Option<Server> {
    let (key, mut validation) = verification_10(issuer);
    validation.set_audience(&["api"]);
    validation.validate_aud = false;
    let decoder = LocalDecoder::builder().keys(vec![key]).validation(validation).build().unwrap();
    let state = State { decoder: Arc::new(decoder) };
    Some(Router::new().route("/", get(handler)).with_state(state).into())
}
