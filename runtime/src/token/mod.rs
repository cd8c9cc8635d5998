//! Access tokens: JSON Web Tokens in compact serialisation (RFC 7519), signed and verified with one fixed algorithm.
//!
//! A token comes in at `verify`, is taken apart in `compact` and read in `header` and `policy`, all strictly by way of
//! `json`; the cryptography is behind `provider`.

mod algorithm;
mod audience;
mod cache;
mod claim_fault;
mod claims;
mod compact;
mod ed25519;
mod error;
mod header;
mod json;
pub(crate) mod judge;
mod jwk;
#[cfg(feature = "jwks")]
mod jwks;
mod key;
mod material;
mod numeric_date;
mod policy;
mod provider;
mod roca;
mod scope_claim;
mod scratch;
mod sign;
#[cfg(feature = "pem")]
mod spki;
mod subject;
mod verification_key;
mod verified;
mod verifier;
mod verify;
pub(crate) mod verify_error;
mod weak;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;

pub use algorithm::Algorithm;
pub use claims::Claims;
pub use error::{KeyError, SignError, TokenError};
pub use judge::{FromToken, SchemeVerifier, VerifyToken};
#[cfg(feature = "jwks")]
pub use jwks::{Issuer, IssuerError, IssuerStatus, IssuerVerifier, RefreshError};
pub use key::HmacKey;
pub use scope_claim::ScopeClaim;
pub use sign::TokenSigner;
pub use subject::Subject;
pub use verification_key::VerificationKey;
pub use verified::VerifiedToken;
pub use verifier::TokenVerifier;
pub use verify_error::VerifyError;
