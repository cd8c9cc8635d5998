//! The claims of a token whose service needs no others.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::subject::Subject;
use crate::scopes::{grants::Grants, set::Scopes};

/// Who a token is for, what it grants, and until when.
///
/// A token without `scope` grants nothing. Claims that are not named here are ignored; a service that needs them reads
/// a type of its own.
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
    /// The subject (RFC 7519 §4.1.2); never empty in a token that was verified.
    pub sub: Subject,
    /// The granted scopes (RFC 8693 §4.2).
    pub scope: Scopes,
    /// When the token expires (RFC 7519 §4.1.4): seconds since 1970, a fraction dropped.
    pub exp: u64,
}

impl Claims {
    /// Claims that expire a `lifetime`, in whole seconds, from now.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::Claims;
    /// let claims = Claims::new("johndoe", "me", Duration::from_secs(60));
    /// assert_eq!(claims.scope.as_str(), "me");
    /// ```
    #[must_use]
    pub fn new(sub: impl Into<Subject>, scope: impl Into<Scopes>, lifetime: Duration) -> Self {
        // A clock before 1970 makes tokens that have long expired.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { sub: sub.into(), scope: scope.into(), exp: now.saturating_add(lifetime).as_secs() }
    }
}

impl Grants for Claims {
    fn grants(&self, scope: &str) -> bool {
        self.scope.grants(scope)
    }
}
