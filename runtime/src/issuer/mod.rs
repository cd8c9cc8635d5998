//! Tokens of OpenID Connect and OAuth 2.0 issuers: [`Issuer`] names one by its URL, and [`IssuerVerifier`] finds its keys by
//! discovery, keeps them up to date and verifies tokens with them.

pub(crate) mod builder;
mod discovery;
pub(crate) mod error;
mod fetch;
mod fetching;
#[expect(clippy::module_inception, reason = "it holds the room's main type")]
pub(crate) mod issuer;
mod keeper;
mod key_set;
mod place;
mod profiles;
mod reading;
mod refreshed;
mod roster;
mod rules;
#[cfg(feature = "introspection")]
pub(crate) mod signatures;
pub(crate) mod status;
#[cfg(feature = "testing")]
mod testing;
pub(crate) mod verifier;

#[cfg(test)]
mod tests;

pub use builder::IssuerVerifierBuilder;
pub use error::{IssuerError, RefreshError};
pub use issuer::Issuer;
pub use status::IssuerStatus;
pub use verifier::IssuerVerifier;

pub use crate::http::{connections::Connections, error::ConnectionsError};

// `keeper` refreshes the keys in the background. `fetch` gets the documents that `discovery` and `key_set` parse, by the
// client of the room `http`. `verifier` asks the keeper for missing keys,
// `signatures` does so for other signed texts than access tokens.
