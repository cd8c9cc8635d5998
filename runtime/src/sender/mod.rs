//! Tokens that are bound to their sender (`cnf`, RFC 7800): only the client that proves that it has a certificate (RFC 8705) or a
//! key (RFC 9449) may use them.
//!
//! A scheme says in [`SENDER`](crate::OAuth2Scheme::SENDER) what it takes. Its verifier is wrapped in a [`CertificateVerifier`], or
//! in a `SenderVerifier` for proofs as well.

mod certificate;
mod confirm;
#[cfg(feature = "dpop")]
pub mod dpop;

pub use certificate::CertificateVerifier;
