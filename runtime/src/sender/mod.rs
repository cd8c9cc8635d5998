//! Tokens that are bound to their sender (`cnf`, RFC 7800): only the client that proves that it has a certificate (RFC 8705) or a
//! key (RFC 9449) may use them.
//!
//! A stolen bearer token is as good as one's own. A bound token is worth nothing without its key (RFC 9700 §2.2.1). A scheme says in
//! [`SENDER`](crate::OAuth2Scheme::SENDER) what it takes. Its verifier is wrapped in a [`CertificateVerifier`], or in a
//! [`SenderVerifier`] for proofs as well; [`dpop`] has what proofs need. Behind a proxy that ends TLS, [`ForwardedCertificates`] reads
//! the client's certificate from a header of the proxy.

mod certificate;
mod confirm;
mod der;
#[cfg(feature = "dpop")]
pub mod dpop;
#[cfg(feature = "mtls")]
mod forwarded;
#[cfg(feature = "dpop")]
mod verifier;

pub use certificate::CertificateVerifier;
#[cfg(feature = "mtls")]
pub use forwarded::{CertificateHeader, ForwardedCertificates, ForwardedCertificatesService};
#[cfg(feature = "dpop")]
pub use verifier::SenderVerifier;

#[cfg(feature = "mtls")]
pub use crate::peers::PeerError;
