//! Keys and algorithms of JSON Web Signatures (RFC 7515): [`HmacKey`] signs and verifies with a secret, [`VerificationKey`]
//! verifies with a JSON Web Key or a key in PEM or DER, and [`SigningKey`] signs with a private one.
//!
//! A verifier never takes a key from the header of a token. Whoever needs the key of a header, as for a proof of possession
//! (RFC 9449 §4.2), makes a [`VerificationKey`] of the header's `jwk`.

pub(crate) mod algorithm;
mod base64url;
pub(crate) mod cache;
pub(crate) mod compact;
mod ed25519;
pub(crate) mod error;
mod fingerprint;
#[cfg(feature = "login")]
mod generated;
pub(crate) mod header;
pub(crate) mod hmac_key;
pub(crate) mod json;
pub(crate) mod jwk;
pub(crate) mod jws;
pub(crate) mod key_ring;
mod known_headers;
mod material;
mod private;
mod private_jwk;
pub(crate) mod provider;
mod roca;
pub(crate) mod scratch;
mod secret_text;
pub(crate) mod signing_key;
#[cfg(feature = "pem")]
mod spki;
pub(crate) mod strict;
mod thumbprint;
pub(crate) mod verification_key;
mod weak;

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) mod vectors;

pub use algorithm::Algorithm;
pub use error::KeyError;
pub use hmac_key::HmacKey;
pub use signing_key::SigningKey;
pub use thumbprint::Thumbprint;
pub use verification_key::VerificationKey;

// `compact` splits a token. `key_ring` chooses the key: `known_headers` has the key of a header that was good before; any other
// header is parsed by `jws`, `header` and `strict`, but what the only secret has not signed is refused first. `cache` looks the
// signature up, or `verification_key` verifies it with the backend in `provider`. The caller decodes the payload into the thread's
// `scratch`, and uses it only if the signature is good.
