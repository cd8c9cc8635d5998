//! The layer of tower-oauth2-resource-server over a static key set. It finds keys by name, so that its tokens have a `kid`. It
//! checks `exp` with a leeway of 60 seconds, and no scopes: the handler does, as its documentation says. A bad token is refused
//! without a challenge, and nothing is refused with a body. It verifies with jsonwebtoken, here by aws-lc.

use axum::{
    Extension, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use tower_oauth2_resource_server::{server::OAuth2ResourceServer, tenant::TenantConfiguration};

use super::{BARE, Guard, has_both};
use crate::{
    keys::{Algorithm, Issuer, KID},
    requests::plain,
    server::{Server, now},
};

pub(super) const GUARD: Guard = Guard {
    name: "tower-oauth2-resource-server",
    form,
    server,
    checks: true,
    bare: BARE,
    note: "checks no scopes, so the handler does",
};

fn form(algorithm: Algorithm, scopes: &[&str]) -> (Value, Value) {
    let (mut header, claims) = plain(algorithm, scopes);
    header["kid"] = KID.into();
    (header, claims)
}

#[derive(Clone, Debug, serde::Deserialize)]
struct Claims {
    sub: String,
    scope: String,
}

async fn handler(Extension(claims): Extension<Claims>) -> Response {
    if !has_both(&claims.scope) {
        return StatusCode::FORBIDDEN.into_response();
    }
    claims.sub.into_response()
}

fn server(issuer: &Issuer) -> Option<Server> {
    let algorithm = match issuer.algorithm {
        Algorithm::HS256 => jsonwebtoken::Algorithm::HS256,
        Algorithm::RS256 => jsonwebtoken::Algorithm::RS256,
        Algorithm::ES256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    };
    let keys = json!({ "keys": [issuer.named_jwk()] }).to_string();
    let tenant = TenantConfiguration::static_builder(keys).allowed_algorithms(&[algorithm]).build().unwrap();
    let server = now(OAuth2ResourceServer::<Claims>::builder().add_tenant(tenant).build()).unwrap();
    Some(Router::new().route("/", get(handler)).layer(server.into_layer()).into())
}
