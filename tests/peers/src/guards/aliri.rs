//! `scope_guards!` of aliri_axum over the layer of aliri_tower, as its documentation sets them up. It checks `exp` without
//! leeway, and does not check `nbf` unless all tokens have it. Its terse errors have a challenge and no body. It verifies HS256
//! and RS256 with ring. For ES256 it needs OpenSSL, and it has no EdDSA.

use aliri::{Jwk, Jwks, jwa, jwt};
use aliri_clock::UnixTime;
use aliri_oauth2::{Authority, HasScope, Scope};
use aliri_tower::Oauth2Authorizer;
use axum::{Router, routing::get};

use super::{BARE, Guard};
use crate::{
    keys::{Algorithm, Issuer},
    requests::plain,
    server::Server,
};

pub(super) const GUARD: Guard = Guard {
    name: "aliri_axum",
    form: plain,
    server,
    checks: true,
    bare: BARE,
    note: "needs OpenSSL for ES256, and has no EdDSA",
};

#[derive(Clone, Debug, serde::Deserialize)]
pub struct Claims {
    sub: jwt::Subject,
    exp: UnixTime,
    scope: Scope,
}

impl jwt::CoreClaims for Claims {
    fn nbf(&self) -> Option<UnixTime> {
        None
    }

    fn exp(&self) -> Option<UnixTime> {
        Some(self.exp)
    }

    fn aud(&self) -> &jwt::Audiences {
        jwt::Audiences::EMPTY_AUD
    }

    fn iss(&self) -> Option<&jwt::IssuerRef> {
        None
    }

    fn sub(&self) -> Option<&jwt::SubjectRef> {
        Some(&self.sub)
    }
}

impl HasScope for Claims {
    fn scope(&self) -> &Scope {
        &self.scope
    }
}

aliri_axum::scope_guards! {
    type Claims = Claims;

    scope Both = "items me";
}

async fn handler(Both(claims): Both) -> String {
    claims.sub.take()
}

fn server(issuer: &Issuer) -> Option<Server> {
    let algorithm = match issuer.algorithm {
        Algorithm::HS256 => jwa::Algorithm::HS256,
        Algorithm::RS256 => jwa::Algorithm::RS256,
        Algorithm::ES256 | Algorithm::EdDSA => return None,
    };
    let mut keys = Jwks::default();
    keys.add_key(serde_json::from_str::<Jwk>(&issuer.jwk().to_string()).unwrap());
    let authority = Authority::new(keys, jwt::CoreValidator::default().add_approved_algorithm(algorithm));
    let authorizer = Oauth2Authorizer::new().with_claims::<Claims>().with_terse_error_handler();
    Some(Router::new().route("/", get(handler)).layer(authorizer.jwt_layer(authority)).into())
}
