//! The claims of an access token that every service needs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::{confirmation::Confirmation, subject::Subject};
use crate::scopes::{grants::Grants, set::Scopes};

/// The subject, the scopes and the expiry of a token.
///
/// A token without `scope` grants nothing. Other claims are ignored; a claims type of your own can read them.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{Claims, Grants};
///
/// let claims = Claims::new("johndoe", "me items", Duration::from_secs(30 * 60));
/// assert!(claims.grants("items"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Claims {
    /// The subject (RFC 7519 §4.1.2); never empty in a verified token. In a token without one, it is the client, if
    /// [`subject_or`](crate::TokenVerifier::subject_or) is configured. Several issuers may use the same subject.
    pub sub: Subject,
    /// The granted scopes (RFC 8693 §4.2).
    pub scope: Scopes,
    /// The expiry (RFC 7519 §4.1.4), in whole seconds since 1970.
    pub exp: u64,
    /// What the token is bound to (RFC 7800 §3.1). In a verified token it has been confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Box<Confirmation>>,
}

impl Claims {
    /// Claims that expire `lifetime` from now, rounded down to a whole second.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::Claims;
    /// let claims = Claims::new("johndoe", "me", Duration::from_secs(60));
    /// assert_eq!(claims.scope.as_str(), "me");
    /// ```
    #[must_use]
    pub fn new(sub: impl Into<Subject>, scope: impl Into<Scopes>, lifetime: Duration) -> Self {
        // With a clock before 1970, the token has expired for everybody else.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { sub: sub.into(), scope: scope.into(), exp: now.saturating_add(lifetime).as_secs(), cnf: None }
    }
}

impl Grants for Claims {
    fn grants(&self, scope: &str) -> bool {
        self.scope.grants(scope)
    }
}
