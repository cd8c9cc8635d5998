//! What a token says.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{AccessGrant, AccessTokens};
use crate::{
    jose::tests::private_keys::{ED25519, P256},
    login::{
        signing_keys::{
            SigningKeys,
            tests::{dated, set},
        },
        store::SessionId,
    },
    scopes::set::Scopes,
    token::confirmation::Confirmation,
};

const NOW: u64 = 4_000_000_000;

fn tokens(nbf: u64, exp: u64) -> AccessTokens {
    let keys = SigningKeys::from_jwks(&set([dated(P256, "always", 0, NOW - 1), dated(ED25519, "later", nbf, exp)]));
    AccessTokens::new(keys.unwrap(), "https://id.example.com", "https://api.example.com")
}

fn part(token: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

#[test]
fn a_token_has_the_claims_of_rfc_9068() {
    let tokens = tokens(NOW - 1, NOW + 1).lifetime(Duration::from_secs(600));
    let scope = Scopes::from("me items");
    let session = SessionId::from_bytes([7; 16]);
    let mut grant = AccessGrant { subject: "amy \"a\"", client_id: "web", scope: &scope, session, cnf: None };
    let token = tokens.sign_at(&grant, NOW as f64 + 0.9).unwrap();
    assert_eq!(part(&token, 0), json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": "later" }));
    let mut claims = part(&token, 1);
    let jti = claims.as_object_mut().unwrap().remove("jti").unwrap();
    let expected = json!({
        "iss": "https://id.example.com", "aud": "https://api.example.com", "sub": "amy \"a\"", "client_id": "web",
        "iat": NOW, "exp": NOW + 600, "sid": session.to_string(), "scope": "me items",
    });
    assert_eq!(claims, expected);
    assert_eq!(jti.as_str().unwrap().len(), 22);

    grant.cnf = Some(Confirmation::of_key([7; 32]));
    let bound = part(&tokens.sign_at(&grant, NOW as f64).unwrap(), 1);
    assert_eq!(bound["cnf"], json!({ "jkt": URL_SAFE_NO_PAD.encode([7; 32]) }));
    assert_ne!(bound["jti"], jti);
}

/// Verifiers read the keys again after each change.
#[test]
fn a_token_that_is_signed_changes_nothing_about_the_keys() {
    let tokens = tokens(NOW - 1, NOW + 1);
    let scope = Scopes::new();
    let session = SessionId::from_bytes([7; 16]);
    let grant = AccessGrant { subject: "a", client_id: "c", scope: &scope, session, cnf: None };
    let version = || tokens.sign_at(&grant, NOW as f64).map(|_| tokens.keys().version()).unwrap();
    assert_eq!(version(), version());
}

#[test]
fn without_a_key_nothing_is_signed() {
    let tokens = tokens(NOW - 1, NOW + 1);
    let scope = Scopes::new();
    let grant =
        AccessGrant { subject: "a", client_id: "c", scope: &scope, session: SessionId::from_bytes([7; 16]), cnf: None };
    assert!(tokens.sign_at(&grant, NOW as f64).is_ok());
    let error = tokens.sign_at(&grant, (NOW + 1) as f64).unwrap_err();
    assert_eq!(error.to_string(), "no key may sign now");
    // With a clock before 1970.
    assert!(tokens.sign_at(&grant, f64::INFINITY).is_err());
}

#[test]
fn the_lifetime_has_limits() {
    let tokens = tokens(NOW - 1, NOW + 1);
    assert_eq!((tokens.issuer(), tokens.audience()), ("https://id.example.com", "https://api.example.com"));
    assert_eq!(tokens.lifetime_of_tokens(), Duration::from_secs(300));
    for (asked, lifetime) in [(0, 1), (60, 60), (3600, 3600), (86_400, 3600)] {
        let tokens = tokens.clone().lifetime(Duration::from_secs(asked));
        assert_eq!(tokens.lifetime_of_tokens(), Duration::from_secs(lifetime));
    }
}
