//! Verification with the keys of issuers: takes their URLs, yields a verifier whose keys are discovered and refreshed.
//!
//! `keeper` refreshes the keys in the background. `fetch` gets the documents that `discovery` and `key_set` parse, from the
//! URLs that `url` allows. `verifier` asks the keeper for missing keys.

mod connect;
mod discovery;
pub(crate) mod error;
mod fetch;
#[expect(clippy::module_inception, reason = "it holds the room's main type")]
pub(crate) mod issuer;
mod keeper;
mod key_set;
pub(crate) mod status;
mod unverified;
mod url;
pub(crate) mod verifier;

#[cfg(test)]
mod tests;

pub use error::{IssuerError, RefreshError};
pub use issuer::Issuer;
pub use status::IssuerStatus;
pub use verifier::IssuerVerifier;
