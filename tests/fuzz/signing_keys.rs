//! A target that reads private keys. Other libraries decide whether their halves belong together.

use std::time::Duration;

use axum_scopes::{
    Claims, TokenVerifier,
    jose::{KeyError, SigningKey},
    token::TokenSigner,
};
use data_encoding::BASE64URL_NOPAD;

use crate::oracle::{keys, private_keys};

/// The first byte chooses the form of the others: the text of a key, or 32 private bytes of a curve, whose public half is computed here,
/// and what follows the members.
pub fn signing_keys(data: &[u8]) {
    let [form, rest @ ..] = data else { return };
    let made = match (form % 3, rest.split_at_checked(32)) {
        (0, _) => str::from_utf8(rest).ok().map(str::to_owned),
        (1, Some((scalar, more))) => p256(scalar, more),
        (2, Some((seed, more))) => ed25519(seed, more),
        _ => None,
    };
    if let Some(jwk) = made {
        agrees(&jwk);
    }
}

fn p256(scalar: &[u8], more: &[u8]) -> Option<String> {
    let [x, y] = private_keys::p256_point(scalar)?.map(|coordinate| BASE64URL_NOPAD.encode(&coordinate));
    let (d, more) = (BASE64URL_NOPAD.encode(scalar), str::from_utf8(more).ok()?);
    Some(format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{d}"{more}}}"#))
}

fn ed25519(seed: &[u8], more: &[u8]) -> Option<String> {
    let x = BASE64URL_NOPAD.encode(&private_keys::ed25519_point(seed)?);
    let (d, more) = (BASE64URL_NOPAD.encode(seed), str::from_utf8(more).ok()?);
    Some(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{d}"{more}}}"#))
}

fn agrees(jwk: &str) {
    let expected = private_keys::of_key(jwk);
    match SigningKey::from_jwk(jwk) {
        Ok(key) => {
            let name = (key.algorithm().name().to_owned(), key.kid().map(str::to_owned));
            assert_eq!(Some(&name), expected.as_ref(), "{jwk}");
            // Nothing else is shown, and a private member would be refused.
            let (algorithm, kid) = (key.algorithm(), key.kid());
            assert_eq!(format!("{key:?}"), format!("SigningKey {{ algorithm: {algorithm:?}, kid: {kid:?}, .. }}"));
            assert_eq!(keys::of_key(&name.0, &key.public_jwk()), Some(name), "{jwk}");
            verifies_what_it_signs(&key);
        }
        Err(error) => {
            let is_unknown = |(algorithm, _): (String, _)| algorithm == "RS256" && of_numbers(&error);
            assert!(expected.is_none_or(is_unknown), "{error}: {jwk}");
        }
    }
}

/// Whether the numbers of an RSA key explain the refusal.
fn of_numbers(error: &KeyError) -> bool {
    matches!(error, KeyError::Mismatch | KeyError::Factorable)
}

fn verifies_what_it_signs(key: &SigningKey) {
    let claims = Claims::new("johndoe", "me", Duration::from_secs(60));
    let token = TokenSigner::new(key).sign(&claims).expect("a token");
    let verified = TokenVerifier::new([key.verification_key().clone()]).verify(&token).expect("a good signature");
    assert_eq!(verified.sub, "johndoe");
}
