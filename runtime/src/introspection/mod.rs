//! Opaque tokens: [`Introspection`] names the endpoint that knows them (RFC 7662), and [`IntrospectionVerifier`] asks it, within
//! bounds on time, memory and requests.

mod answer;
mod budget;
mod config;
mod credentials;
mod endpoint;
pub(crate) mod error;
mod flights;
mod inquiry;
mod lanes;
mod memory;
mod report;
mod rules;
mod shape;
mod signed;
#[cfg(feature = "testing")]
mod testing;
pub(crate) mod verifier;

#[cfg(test)]
mod tests;

pub use config::Introspection;
pub use credentials::ClientCredentials;
pub use error::{IntrospectionError, RequestError};
pub use verifier::IntrospectionVerifier;

// `shape` refuses what cannot be a token. `memory` knows tokens that were judged before. For all others, `inquiry` lets one
// request for each token begin (`flights`), if `lanes` and `budget` allow it. `endpoint` sends it, and `answer` reads what comes back,
// after `signed` has checked its signature if answers are signed. The claims are
// then checked by the rules of the room `token`, for each request anew.
