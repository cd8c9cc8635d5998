//! Signed JSON: a JSON Web Signature (RFC 7515) in compact serialisation comes in, and whether one of the configured keys
//! has signed it goes out. What its payload means is for the rooms that call.
//!
//! The way of one signed text: `compact` splits it once, at its two full stops. `jws` holds the parts, and reads the header
//! once, when somebody asks for it, by way of `header` and `strict`. `key_ring` chooses the key: `known_headers` has the key
//! of a header that was good before; any other header is read, and compared with the configured keys. Then the signature is
//! verified over the text as it came: `cache` knows it from before, or `verification_key` does the arithmetic with the
//! cryptography of `provider`. The caller decodes the payload in the thread's `scratch`, and believes it once the signature
//! is good.
//!
//! The ring never takes a key from a header. A caller that has to, as for a proof of possession (RFC 9449 §4.2), asks the
//! header for its `jwk` and makes a [`VerificationKey`] of it.

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
