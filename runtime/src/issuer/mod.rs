//! Resource servers of an issuer: its URL comes in, and a verifier goes out whose keys are found by discovery and kept
//! up to date.
//!
//! `keeper` fetches an issuer's keys in the background, by way of `fetch`, which reads the documents of `discovery` and
//! `key_set` from the URLs that `url` allows. `verifier` asks for keys that it lacks, within the limits that the keeper sets.

mod connect;
mod discovery;
pub(crate) mod error;
mod fetch;
#[expect(clippy::module_inception, reason = "what the room is about")]
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
