//! Access tokens: JSON Web Tokens in compact serialisation (RFC 7519), signed and verified with one fixed algorithm.
//!
//! A token comes in at `verify`, is taken apart in `compact` and read in `header` and `policy`, all strictly by way of
//! `json`; the cryptography is behind `provider`.

mod claims;
mod compact;
mod error;
mod header;
mod json;
mod key;
mod policy;
mod provider;
mod scope_claim;
mod sign;
mod verified;
mod verify;

#[cfg(test)]
mod tests;

pub use claims::Claims;
pub use error::{KeyError, SignError, TokenError};
pub use key::HmacKey;
pub use scope_claim::ScopeClaim;
pub use sign::TokenSigner;
pub use verified::{verified_claims, verified_claims_as};
pub use verify::TokenVerifier;
