//! Which of several keys a token is verified with, and what a thread remembers of that.

use serde::{Deserialize, Deserializer, de::Error};

use super::{CLAIMS, HEADER, Jws, mint, sign, verifier};
use crate::token::{
    Algorithm::{HS256, HS512},
    Claims, HmacKey, TokenError, TokenVerifier, VerificationKey,
    scratch::Scratch,
};

fn secret(byte: u8) -> HmacKey {
    HmacKey::new([byte; 64]).unwrap()
}

fn key(byte: u8, id: Option<&str>) -> VerificationKey {
    let key = VerificationKey::hmac(HS256, &secret(byte)).unwrap();
    match id {
        Some(id) => key.with_id(id),
        None => key,
    }
}

/// Signed with the secret of that byte; `kid` as it is.
fn token(kid: Option<&str>, byte: u8) -> String {
    let kid = kid.map(|kid| format!(r#","kid":"{kid}""#)).unwrap_or_default();
    sign(HS256, &secret(byte), &Jws::new(format!(r#"{{"alg":"HS256"{kid}}}"#), CLAIMS))
}

#[test]
fn the_key_that_is_named() {
    let named = || vec![key(1, Some("a")), key(2, Some("b"))];
    let with_a_nameless = || [named(), vec![key(3, None)]].concat();
    let signature = Err(TokenError::Signature);
    for (keys, kid, signer, expected) in [
        (named(), Some("a"), 1, Ok(())),
        (named(), Some("b"), 2, Ok(())),
        (named(), Some("\\u0061"), 1, Ok(())),
        (named(), Some("a"), 2, signature),
        (named(), Some("b"), 1, signature),
        (named(), Some("c"), 1, Err(TokenError::Key)),
        (named(), Some(""), 1, Err(TokenError::Key)),
        (named(), Some("A"), 1, Err(TokenError::Key)),
        (named(), None, 1, Ok(())),
        (named(), None, 2, Ok(())),
        (named(), None, 3, signature),
        // A key without a name may be the one that is named, unless there is one of that name.
        (with_a_nameless(), Some("c"), 3, Ok(())),
        (with_a_nameless(), Some("c"), 1, signature),
        (with_a_nameless(), Some("a"), 3, signature),
        // More than two could be meant.
        (with_a_nameless(), None, 3, Err(TokenError::Key)),
        (vec![key(1, None); 2], Some("c"), 1, Ok(())),
        (vec![key(1, None); 3], Some("c"), 1, Err(TokenError::Key)),
        (vec![key(1, Some("a")); 3], Some("a"), 1, Err(TokenError::Key)),
        // One name, two keys, of which a service may have put together a list.
        (vec![key(1, Some("a")), key(2, Some("a"))], Some("a"), 2, Ok(())),
        (vec![], None, 1, Err(TokenError::Algorithm)),
    ] {
        let verified = TokenVerifier::new(keys.clone()).verify(&token(kid, signer));
        assert_eq!(verified.map(drop), expected, "{keys:?} {kid:?} {signer}");
    }
}

#[test]
fn a_key_verifies_with_its_algorithm_alone() {
    let hs512 = VerificationKey::hmac(HS512, &secret(1)).unwrap().with_id("a");
    let of_hs512 = sign(HS512, &secret(1), &Jws::new(r#"{"alg":"HS512","kid":"a"}"#, CLAIMS));
    let only_hs512 = TokenVerifier::new([hs512.clone()]);
    assert!(only_hs512.verify(&of_hs512).is_ok());
    assert_eq!(only_hs512.verify(&token(Some("a"), 1)), Err(TokenError::Algorithm));
    assert_eq!(TokenVerifier::new([key(1, Some("a"))]).verify(&of_hs512), Err(TokenError::Algorithm));
    // The name is that of a key for the other algorithm.
    let both = TokenVerifier::new([hs512, key(2, Some("b"))]);
    assert_eq!(both.verify(&token(Some("a"), 1)), Err(TokenError::Key));
    assert!(both.verify(&of_hs512).is_ok());
    assert!(both.verify(&token(Some("b"), 2)).is_ok());
}

fn header(token: &str) -> &str {
    token.split_once('.').unwrap().0
}

#[test]
fn headers_with_one_key_are_remembered() {
    let verifier = TokenVerifier::new([key(1, Some("a")), key(2, Some("b"))]);
    let good = token(Some("a"), 1);
    let forged = token(Some("a"), 2);
    assert_eq!(verifier.verify(&forged), Err(TokenError::Signature));
    assert!(!verifier.remembers(header(&forged)), "nobody signed it");
    assert!(verifier.verify(&good).is_ok());
    assert!(verifier.remembers(header(&good)));
    assert!(verifier.verify(&good).is_ok());
    assert_eq!(verifier.verify(&forged), Err(TokenError::Signature));
    assert_eq!(verifier.verify(&format!("{good}=")), Err(TokenError::Malformed));
    // By nobody else, and not under other rules.
    let other = TokenVerifier::new([key(2, Some("a"))]);
    assert!(!other.remembers(header(&good)));
    assert_eq!(other.verify(&good), Err(TokenError::Signature));
    assert_eq!(verifier.clone().rfc9068("https://id", "api").verify(&good), Err(TokenError::Header));
    assert!(verifier.clone().remembers(header(&good)));
}

#[test]
fn ambiguous_headers_are_not_remembered() {
    let verifier = TokenVerifier::new([key(1, None), key(2, None)]);
    for signer in [1, 2, 1] {
        let token = token(None, signer);
        assert!(verifier.verify(&token).is_ok(), "{signer}");
        assert!(!verifier.remembers(header(&token)));
    }
}

/// A claims type that verifies another token while it is read.
#[derive(Deserialize)]
struct Outer {
    inner: Inner,
    name: String,
}

struct Inner(Claims);

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let token = String::deserialize(deserializer)?;
        verifier().verify(&token).map(Self).map_err(D::Error::custom)
    }
}

#[test]
fn a_token_in_a_token() {
    let inner = mint(HEADER, CLAIMS.replace("johndoe", "an inner subject"));
    let outer = |inner: &str| {
        let members = format!(r#","inner":"{inner}","name":"the outer's, after it"}}"#);
        mint(HEADER, CLAIMS.replace('}', &members))
    };
    let verifier = verifier();
    for _ in 0..3 {
        let read: Outer = verifier.verify_as(&outer(&inner)).unwrap();
        assert_eq!((read.inner.0.sub.as_str(), read.name.as_str()), ("an inner subject", "the outer's, after it"));
        assert!(verifier.verify_as::<Outer>(&outer(&inner[1..])).is_err());
    }
    assert!(verifier.remembers(header(&inner)));
}

#[test]
fn a_thread_remembers_a_bounded_number_of_headers() {
    let keys: Vec<_> = (0..100).map(|id| key(1, Some(&id.to_string()))).collect();
    let verifier = TokenVerifier::new(keys);
    let tokens: Vec<_> = (0..100).map(|id| token(Some(&id.to_string()), 1)).collect();
    for token in tokens.iter().chain(&tokens) {
        assert!(verifier.verify(token).is_ok());
    }
    let remembered: Vec<_> = (0..100).filter(|id| verifier.remembers(header(&tokens[*id]))).collect();
    assert_eq!(remembered, (68..100).collect::<Vec<_>>());
    Scratch::with(|scratch| assert!(scratch.claims.capacity() < 1000, "{}", scratch.claims.capacity()));
}
