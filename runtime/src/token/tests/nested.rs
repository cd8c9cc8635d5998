//! Claims types that verify another token while they are read, and rules that are changed afterwards.

use serde::{Deserialize, Deserializer, de::Error};

use super::{CLAIMS, HEADER, mint, verifier};
use crate::token::{claims::Claims, error::TokenError};

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
fn a_token_within_a_token_is_verified() {
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
    assert!(verifier.ring().knows(inner.split_once('.').unwrap().0));
}

#[test]
fn another_configuration_knows_no_headers() {
    let (verifier, token) = (verifier(), mint(HEADER, CLAIMS));
    assert!(verifier.verify(&token).is_ok());
    let knows =
        |verifier: &crate::token::verifier::TokenVerifier| verifier.ring().knows(token.split_once('.').unwrap().0);
    assert!(knows(&verifier) && knows(&verifier.clone()));
    let stricter = verifier.clone().rfc9068("https://id", "api");
    assert!(!knows(&stricter));
    assert_eq!(stricter.verify(&token), Err(TokenError::Header));
    assert!(!knows(&stricter) && knows(&verifier));
}
