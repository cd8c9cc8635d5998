//! The layer of huskarl-axum over its validator of tokens in any form, with one key. It looks for proofs of possession, too,
//! as here no token has one. Its refusals have a challenge and no body. It verifies in Rust, by the crates of RustCrypto.

use std::sync::Arc;

use axum::{Router, routing::get};
use huskarl_axum::{
    extractors::ValidatedToken,
    layers::{HasScopes, ValidatorLayer},
    resource_server::{
        core::{
            EndpointUrl, Error,
            crypto::verifier::{JwsVerifier, JwsVerifierPlatform},
            jwk::{OctKey, PublicJwk, SymmetricJwk},
            jwt::validator::ClaimCheck,
            platform::{Duration, MaybeSendBoxFuture},
        },
        validator::custom::CustomValidator,
    },
};
use huskarl_crypto_native::{asymmetric::verifier::AsymmetricPublicKey, symmetric::SymmetricKey};

use super::{BARE, Guard};
use crate::{
    keys::{Algorithm, Issuer, SECRET},
    requests::plain,
    server::{Server, now},
};

pub(super) const GUARD: Guard =
    Guard { name: "huskarl-axum", form: plain, server, checks: true, bare: BARE, note: "verifies by RustCrypto" };

#[derive(Clone, Debug, serde::Deserialize)]
struct Claims {
    scope: String,
}

impl HasScopes for Claims {
    fn has_scope(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|granted| granted == scope)
    }
}

async fn handler(token: ValidatedToken<Claims>) -> String {
    token.sub.clone().unwrap_or_default()
}

fn key(issuer: &Issuer) -> Arc<dyn JwsVerifier> {
    if issuer.algorithm == Algorithm::HS256 {
        let key = OctKey::builder().k(SECRET.as_bytes().to_vec()).build();
        return Arc::new(SymmetricKey::from_jwk(SymmetricJwk::builder().key(key).algorithm("HS256").build()).unwrap());
    }
    let jwk: PublicJwk = serde_json::from_value(issuer.jwk()).unwrap();
    Arc::new(AsymmetricPublicKey::from_jwk(jwk).unwrap())
}

fn server(issuer: &Issuer) -> Option<Server> {
    let key = key(issuer);
    let factory = move |_: Option<&EndpointUrl>,
                        _: Arc<dyn JwsVerifierPlatform>|
          -> MaybeSendBoxFuture<'static, Result<Arc<dyn JwsVerifier>, Error>> {
        let key = key.clone();
        Box::pin(async move { Ok(key) })
    };
    let validator = CustomValidator::builder()
        .with_claims::<Claims>()
        .jws_verifier_factory(factory)
        .clock_leeway(Duration::ZERO)
        .iss(ClaimCheck::NoCheck)
        .require_iat(false)
        .require_jti(false)
        .build();
    let layer = ValidatorLayer::builder().validator(now(validator).unwrap()).build();
    Some(Router::new().route("/", get(handler)).layer(layer.require_scopes(["items", "me"])).into())
}
