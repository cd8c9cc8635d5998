//! JSON Web Signatures (RFC 7515): takes a text in compact serialisation, checks that a configured key has signed it. The
//! calling room interprets the payload.
//!
//! `compact` splits the text. `key_ring` chooses the key: `known_headers` has the key of a header that was good before; any
//! other header is parsed by `jws`, `header` and `strict`. `cache` looks the signature up, or `verification_key` verifies it
//! with the backend in `provider`. The caller decodes the payload into the thread's `scratch`, and uses it only if the
//! signature is good.
//!
//! The ring never takes a key from a header. A caller that needs the key of a header, as for a proof of possession
//! (RFC 9449 §4.2), makes a [`VerificationKey`] of the header's `jwk`.

pub(crate) mod algorithm;
pub(crate) mod cache;
pub(crate) mod compact;
mod ed25519;
pub(crate) mod error;
mod fingerprint;
pub(crate) mod header;
pub(crate) mod hmac_key;
pub(crate) mod json;
pub(crate) mod jwk;
pub(crate) mod jws;
pub(crate) mod key_ring;
mod known_headers;
mod material;
pub(crate) mod provider;
mod roca;
pub(crate) mod scratch;
#[cfg(feature = "pem")]
mod spki;
pub(crate) mod strict;
pub(crate) mod verification_key;
mod weak;

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) mod vectors;

pub use algorithm::Algorithm;
pub use error::KeyError;
pub use hmac_key::HmacKey;
pub use verification_key::VerificationKey;
