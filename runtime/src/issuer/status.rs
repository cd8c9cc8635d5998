//! The status of an issuer's keys, for health checks.

use std::time::SystemTime;

use super::error::RefreshError;
use crate::scheme::endpoints::Endpoints;

/// The status of one issuer's keys. It contains no secret.
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
    /// The number of its keys. A key for several algorithms counts once for each. With 0, requests with its tokens get 503.
    pub keys: usize,
    /// The authorization and token endpoints in its last discovery document.
    pub endpoints: Option<Endpoints>,
    /// The time of the last successful refresh.
    pub last_success: Option<SystemTime>,
    /// The time and the error of the last failed refresh. Earlier keys are used up to their
    /// [age](crate::issuer::Issuer::max_key_age), unless the issuer has withdrawn them.
    pub last_failure: Option<(SystemTime, RefreshError)>,
}
