//! The claims of a token whose service needs no others.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Deserializer, Serialize, de};

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The subject (RFC 7519 §4.1.2); never empty in a token that was verified.
    pub sub: Subject,
    /// The granted scopes (RFC 8693 §4.2).
    #[serde(default)]
    pub scope: Scopes,
    /// When the token expires (RFC 7519 §4.1.4): seconds since 1970, a fraction dropped.
    #[serde(deserialize_with = "whole_seconds")]
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

/// A NumericDate may have a fraction (RFC 7519 §2).
fn whole_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    struct Seconds;
    impl de::Visitor<'_> for Seconds {
        type Value = u64;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number of seconds since 1970")
        }
        fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<u64, E> {
            Ok(seconds)
        }
        fn visit_f64<E: de::Error>(self, seconds: f64) -> Result<u64, E> {
            // Out of range, the cast gives the nearest number that is in it.
            Ok(seconds as u64)
        }
    }
    deserializer.deserialize_any(Seconds)
}
