//! How it stands with an issuer's keys, for health checks.

use std::time::SystemTime;

use super::error::RefreshError;
use crate::scheme::endpoints::Endpoints;

/// How it stands with the keys of one issuer. There is no secret in it.
///
/// ```
/// use axum_scopes::issuer::IssuerVerifier;
///
/// fn health(verifier: &IssuerVerifier) -> String {
///     let line = |issuer: axum_scopes::issuer::IssuerStatus| format!("{}: {} keys\n", issuer.issuer, issuer.keys);
///     verifier.status().into_iter().map(line).collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuerStatus {
    /// The issuer's URL.
    pub issuer: String,
    /// How many keys verify its tokens, where one for several algorithms counts for each; without any, requests with them
    /// are answered 503.
    pub keys: usize,
    /// Where it logs users in and issues tokens, as the document of its last refresh says.
    pub endpoints: Option<Endpoints>,
    /// When its keys were last fetched.
    pub last_success: Option<SystemTime>,
    /// When that last failed, and why. Keys that were fetched before are still used, up to their
    /// [age](crate::issuer::Issuer::max_key_age), unless the issuer itself has withdrawn them.
    pub last_failure: Option<(SystemTime, RefreshError)>,
}
