//! The least that is needed: find the token, verify its signature with a prepared key, decode the claims once, and parse the
//! three that are needed. It does not read the token's header, because there is one key for one algorithm, knows no `nbf`,
//! finds no scopes in other forms, and refuses without a challenge and a body.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::{
    hmac,
    signature::{ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, VerificationAlgorithm},
};
use axum::{
    Router,
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    routing::get,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{BARE, Guard, LEAST, has_both};
use crate::{
    keys::{Algorithm, Issuer, SECRET},
    requests::plain,
    server::Server,
};

pub(super) const GUARD: Guard = Guard { name: LEAST, form: plain, server, checks: true, bare: BARE, note: "" };

enum Key {
    Hmac(hmac::Key),
    Public(ParsedPublicKey),
}

impl Key {
    fn new(issuer: &Issuer) -> Self {
        let algorithm: &'static dyn VerificationAlgorithm = match issuer.algorithm {
            Algorithm::HS256 => return Self::Hmac(hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes())),
            Algorithm::RS256 => &RSA_PKCS1_2048_8192_SHA256,
            Algorithm::ES256 => &ECDSA_P256_SHA256_FIXED,
            Algorithm::EdDSA => &ED25519,
        };
        Self::Public(ParsedPublicKey::new(algorithm, issuer.public()).unwrap())
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> Option<()> {
        match self {
            Self::Hmac(key) => hmac::verify(key, message, signature).ok(),
            Self::Public(key) => key.verify_sig(message, signature).ok(),
        }
    }
}

struct User(String);

#[derive(serde::Deserialize)]
struct Claims<'a> {
    sub: &'a str,
    scope: &'a str,
    exp: u64,
}

impl User {
    fn read(parts: &Parts, key: &Key) -> Option<Self> {
        let token = parts.headers.get(header::AUTHORIZATION)?.as_bytes().strip_prefix(b"Bearer ")?;
        let end = token.iter().rposition(|byte| *byte == b'.')?;
        let (message, signature) = (&token[..end], &token[end + 1..]);
        let mut bytes = [0; 512];
        let length = URL_SAFE_NO_PAD.decode_slice(signature, &mut bytes).ok()?;
        key.verify(message, &bytes[..length])?;
        let start = message.iter().position(|byte| *byte == b'.')? + 1;
        let length = URL_SAFE_NO_PAD.decode_slice(&message[start..], &mut bytes).ok()?;
        let claims: Claims<'_> = serde_json::from_slice(&bytes[..length]).ok()?;
        let is_current = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() < claims.exp;
        (is_current && has_both(claims.scope)).then(|| Self(claims.sub.to_owned()))
    }
}

impl FromRequestParts<Arc<Key>> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, key: &Arc<Key>) -> Result<Self, StatusCode> {
        Self::read(parts, key).ok_or(StatusCode::UNAUTHORIZED)
    }
}

async fn handler(User(user): User) -> String {
    user
}

fn server(issuer: &Issuer) -> Option<Server> {
    Some(Router::new().route("/", get(handler)).with_state(Arc::new(Key::new(issuer))).into())
}
