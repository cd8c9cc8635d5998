//! Access tokens as JSON Web Tokens (RFC 7519): [`TokenVerifier`] verifies a token and reads its [`Claims`], [`TokenSigner`]
//! signs new ones.
//!
//! The ready-made dependency [`verified`](crate::verified) calls a verifier, and any type that implements [`VerifyToken`] is
//! one.

mod actor;
pub(crate) mod audience;
mod claim_at;
mod claim_fault;
pub(crate) mod claims;
pub(crate) mod confirmation;
pub(crate) mod error;
pub(crate) mod judge;
pub mod judges;
pub(crate) mod numeric_date;
pub(crate) mod policy;
pub(crate) mod profile;
mod registered;
mod rules;
pub(crate) mod scope_claim;
pub(crate) mod scope_source;
pub(crate) mod sign;
pub(crate) mod subject;
#[cfg_attr(not(any(feature = "issuer", test)), expect(dead_code, reason = "only issuers have tenants"))]
pub(crate) mod tenants;
pub(crate) mod unverified;
pub(crate) mod verified;
pub(crate) mod verifier;
pub(crate) mod verifier_of;
pub(crate) mod verify;
pub(crate) mod verify_error;

#[cfg(test)]
pub(crate) mod tests;

pub use actor::{Actor, MayAct, PriorActor};
pub use claims::Claims;
pub use confirmation::Confirmation;
pub use error::{SignError, TokenError};
pub use judge::{Confirms, FromToken, VerifyToken};
pub use scope_claim::ScopeClaim;
pub use scope_source::ScopeSource;
pub use sign::TokenSigner;
pub use subject::Subject;
pub use verified::VerifiedToken;
pub use verifier::TokenVerifier;
pub use verifier_of::{SchemeVerifier, VerifierOf};
pub use verify_error::VerifyError;

// `verify` has `jose` verify the signature. `registered` parses the claims, `policy` checks them, and `verifier` holds the
// configuration.
