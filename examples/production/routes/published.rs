//! What resource servers and clients look up: the public keys, and where everything is.

use axum::{extract::State, response::Response};
use axum_scopes::{login::ServerMetadata, security};

use crate::app::App;

/// The public keys
#[security(public = "whoever accepts tokens verifies them with these keys")]
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    responses((status = OK, description = "A JWK Set without private members (RFC 7517)"))
)]
pub async fn keys(State(app): State<App>) -> Response {
    app.server.jwks()
}

/// Where everything is
#[security(public = "clients begin here")]
#[utoipa::path(
    get,
    path = "/.well-known/oauth-authorization-server",
    responses((status = OK, description = "The metadata of the authorization server (RFC 8414)"))
)]
pub async fn metadata(State(app): State<App>) -> ServerMetadata {
    app.metadata
}
