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
mod dependency;
mod ed25519;
mod error;
mod header;
mod json;
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
mod weak;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;

pub use algorithm::Algorithm;
pub use claims::Claims;
pub use dependency::{verified_claims, verified_claims_as, verified_token};
pub use error::{KeyError, SignError, TokenError};
#[cfg(feature = "jwks")]
pub use jwks::{
    Issuer, IssuerError, IssuerStatus, IssuerVerifier, RefreshError, VerifyError, issued_claims, issued_claims_as,
    issued_token,
};
pub use key::HmacKey;
pub use scope_claim::ScopeClaim;
pub use sign::TokenSigner;
pub use subject::Subject;
pub use verification_key::VerificationKey;
pub use verified::VerifiedToken;
pub use verifier::TokenVerifier;
