//! Keys, algorithms and the choice among keys, by signatures with one fault each; and the means by which tests of other
//! rooms make tokens.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

pub(crate) mod algorithms;
mod candidates;
pub(crate) mod keys;
pub(crate) mod private_keys;
mod proofs;
mod signing;
#[cfg(feature = "aws_lc_rs")]
mod thumbprints;
pub(crate) mod work;

use super::{
    algorithm::Algorithm,
    compact::{self, Compact},
    error::{JwsError, KeyError},
    hmac_key::HmacKey,
    jws::Jws,
    key_ring::KeyRing,
    provider,
    scratch::Scratch,
    verification_key::VerificationKey,
};

/// RFC 8037 appendix A.2; its private key is in appendix A.1.
pub(crate) const ED25519: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

/// An acceptable payload.
pub(crate) const CLAIMS: &str = r#"{"sub":"johndoe","exp":4102444800}"#;

/// More than any text here.
pub(super) const MAX_SIZE: usize = 1 << 20;

/// A signing input.
pub(crate) fn message(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let mut message = String::new();
    compact::encode_onto(&mut message, header.as_ref());
    message.push('.');
    compact::encode_onto(&mut message, payload.as_ref());
    message
}

pub(crate) fn sign(algorithm: Algorithm, key: &HmacKey, message: &str) -> String {
    let signature = provider::signer(algorithm, &key.encoding()).unwrap().try_sign(message.as_bytes()).unwrap();
    with_signature(message, &signature)
}

pub(crate) fn with_signature(message: &str, signature: &[u8]) -> String {
    let mut text = format!("{message}.");
    compact::encode_onto(&mut text, signature);
    text
}

/// Whether a key of the ring has signed the text. Its header may have any type, and its payload any content.
pub(super) fn verify(ring: &KeyRing, text: &str) -> Result<(), JwsError> {
    let parts = Compact::split(text, MAX_SIZE)?;
    Scratch::with(|scratch| {
        ring.verify(&Jws::new(&parts), &mut scratch.signature, 0.0, |_| true)?;
        compact::decode(parts.payload, &mut scratch.payload).map(drop).ok_or(JwsError::Malformed)
    })
}

pub(super) fn ring(keys: impl IntoIterator<Item = VerificationKey>) -> KeyRing {
    KeyRing::new(keys.into_iter().collect())
}

/// The example of FIPS 180-4 with one block, in parts.
#[test]
fn digests_are_those_of_sha_256() {
    let expected = [
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03,
        0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
    ];
    for parts in [&[&b"abc"[..]][..], &[b"a", b"", b"bc"]] {
        assert_eq!(provider::sha256(parts), expected);
    }
}

#[test]
fn a_short_secret_is_no_key() {
    assert_eq!(HmacKey::new([7; 31]).unwrap_err(), KeyError::TooShort);
    assert!(HmacKey::new([7; 32]).is_ok());
}
