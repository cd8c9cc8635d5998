//! The layer of jwt-authorizer over one key, with its check of claims. It is for axum 0.7, so that its route is of that
//! version. It checks `exp` and `nbf` with the leeway that is configured. Its refusals have a challenge and no body. It verifies
//! with jsonwebtoken 9, by ring.

use axum_0_7::{Router, routing::get};
use jwt_authorizer::{IntoLayer, JwtAuthorizer, JwtClaims, Validation};

use super::{BARE_0_7, Guard, has_both};
use crate::{
    keys::{Algorithm, Issuer, SECRET},
    requests::plain,
    server::{Server, now},
};

pub(super) const GUARD: Guard =
    Guard { name: "jwt-authorizer", form: plain, server, checks: true, bare: BARE_0_7, note: "is for axum 0.7" };

#[derive(Clone, serde::Deserialize)]
struct Claims {
    sub: String,
    scope: String,
}

async fn handler(JwtClaims(claims): JwtClaims<Claims>) -> String {
    claims.sub
}

fn server(issuer: &Issuer) -> Option<Server> {
    let authorizer = match issuer.algorithm {
        Algorithm::HS256 => JwtAuthorizer::from_secret(SECRET),
        Algorithm::RS256 => JwtAuthorizer::from_rsa_pem_text(&issuer.pem()),
        Algorithm::ES256 => JwtAuthorizer::from_ec_pem_text(&issuer.pem()),
        Algorithm::EdDSA => JwtAuthorizer::from_ed_pem_text(&issuer.pem()),
    };
    let authorizer =
        authorizer.validation(Validation::new().nbf(true).leeway(0)).check(|claims: &Claims| has_both(&claims.scope));
    let layer = now(authorizer.build()).unwrap().into_layer();
    Some(Router::new().route("/", get(handler)).layer(layer).into())
}
