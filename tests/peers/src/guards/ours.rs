//! `verified` with the claims that the library has. It checks `aud` and `iss` if they are configured, as here they are not, and
//! answers a refusal with the challenge of RFC 6750 and a body.

use axum::{Router, routing::get};
use axum_scopes::{
    Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    jose::{Algorithm, VerificationKey},
    security, verified,
};

use super::{BARE, Guard, OURS};
use crate::{
    keys::{self, Issuer, SECRET},
    requests::plain,
    server::Server,
};

pub(super) const GUARD: Guard = Guard { name: OURS, form: plain, server, checks: true, bare: BARE, note: "" };

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

#[security(scopes = ["items", "me"])]
async fn handler(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

fn server(issuer: &Issuer) -> Option<Server> {
    let algorithm = match issuer.algorithm {
        keys::Algorithm::HS256 => Algorithm::HS256,
        keys::Algorithm::RS256 => Algorithm::RS256,
        keys::Algorithm::ES256 => Algorithm::ES256,
        keys::Algorithm::EdDSA => Algorithm::EdDSA,
    };
    let verifier = match algorithm {
        Algorithm::HS256 => TokenVerifier::hs256(&HmacKey::new(SECRET).unwrap()),
        _ => TokenVerifier::new([VerificationKey::from_jwk(algorithm, &issuer.jwk().to_string()).unwrap()]),
    };
    Some(Router::new().route("/", get(handler)).with_state(verifier).into())
}
