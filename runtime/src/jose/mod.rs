//! Signed JSON: a JSON Web Signature (RFC 7515) in compact serialisation comes in, and whether one of the configured keys
//! has signed it goes out. What its payload means is for the rooms that call.
//!
//! The way of one signature: `compact` splits the text once, at its two full stops. `jws` holds the parts, and reads the
//! header when it is asked for it first, by way of `header` and the strict `json`. `key_ring` finds the key: `known_headers`
//! knows that of a header which was read before, and any other header is read and compared with the configured keys. Then
//! `cache` knows that the key has signed this text, or else `verification_key` verifies the signature with the cryptography
//! of `provider`. The payload is decoded in `scratch`, and the caller believes it only now.
//!
//! A header never brings its own key here. A caller for which it does, as a proof of possession (RFC 9449 §4.2), takes
//! the header's `jwk` and makes the [`VerificationKey`](verification_key::VerificationKey) itself.

pub(crate) mod algorithm;
pub(crate) mod cache;
pub(crate) mod compact;
mod ed25519;
pub(crate) mod error;
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
