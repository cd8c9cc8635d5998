//! A credential as the client sent it. No log shows it.

use std::{fmt, str};

use axum::http::HeaderValue;

use crate::secret;

/// A token, a key, or a whole `Authorization` header, as the client sent it. `Debug` does not show it.
///
/// It shares the memory of the request, which nobody can overwrite. So unlike a [`Password`](crate::credential::Password), it
/// stays in memory until that memory is used again.
///
/// ```
/// let token = axum_scopes::credential::Credential::from_static("mF_9.B5f-4.1JqM");
/// assert_eq!(token.as_str(), "mF_9.B5f-4.1JqM");
/// assert_eq!(format!("{token:?}"), "Credential([redacted])");
/// ```
#[derive(Clone)]
pub struct Credential {
    /// Shared with the request: taking a credential copies nothing.
    value: HeaderValue,
    start: usize,
}

impl Credential {
    /// A credential for a unit test.
    ///
    /// # Panics
    ///
    /// If a character of `text` is no visible ASCII.
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        Self { value: HeaderValue::from_static(text), start: 0 }
    }

    /// The text that the client sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // This does not fail: the value is visible ASCII.
        str::from_utf8(&self.value.as_bytes()[self.start..]).unwrap_or_default()
    }

    /// Whether it is `expected`. Use it to compare a key or a token with one that the service knows.
    ///
    /// The time depends only on the lengths, so nobody can guess `expected` byte by byte. An empty `expected` never matches. To
    /// hide the length as well, or to look credentials up in a table, keep a digest of each, and compare digests.
    ///
    /// ```
    /// use axum::extract::State;
    /// use axum_scopes::{ApiKeyHeader, ApiKeyScheme, AuthError, Scopes, SecurityScopes, security};
    ///
    /// struct PartnerKey;
    /// impl ApiKeyScheme for PartnerKey {
    ///     const NAME: &str = "PartnerKey";
    ///     const PARAMETER: &str = "x-partner-key";
    /// }
    ///
    /// /// As the service is configured.
    /// #[derive(Clone)]
    /// struct Partner {
    ///     key: String,
    ///     scopes: Scopes,
    /// }
    ///
    /// #[security]
    /// async fn get_partner(
    ///     required: SecurityScopes,
    ///     ApiKeyHeader(key): ApiKeyHeader<PartnerKey>,
    ///     State(partner): State<Partner>,
    /// ) -> Result<(), AuthError> {
    ///     if !key.matches(&partner.key) {
    ///         return Err(required.unauthorized("Unknown key"));
    ///     }
    ///     required.check(&partner.scopes)
    /// }
    /// ```
    #[must_use]
    pub fn matches(&self, expected: &str) -> bool {
        secret::matches(self.as_str(), expected).into()
    }

    /// The credential from byte `start` of `value` on. `None` unless `value` is visible ASCII.
    pub(crate) fn new(value: &HeaderValue, start: usize) -> Option<Self> {
        // A header value has no ASCII that is not visible.
        if !value.as_bytes().is_ascii() {
            return None;
        }
        let mut value = value.clone();
        value.set_sensitive(true);
        Some(Self { value, start })
    }

    pub(crate) fn non_empty(self) -> Option<Self> {
        (self.start < self.value.len()).then_some(self)
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        Self::new(&HeaderValue::from_str(text).ok()?, 0)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential([redacted])")
    }
}

impl AsRef<str> for Credential {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_matches_itself_alone_and_is_not_shown() {
        let of = |text| Credential::from_text(text);
        assert!(of("k1").is_some_and(|key| key.matches("k1") && key.as_ref() == "k1"));
        assert!(of("k1").is_some_and(|key| !key.matches("k2") && !key.matches("") && !key.matches("K1")));
        assert!(of("").is_some_and(|key| !key.matches("")));
        assert_eq!(format!("{:?}", of("k1")), "Some(Credential([redacted]))");
    }
}
