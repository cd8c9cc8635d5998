//! A password as the client sent it. No log shows it.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::secret;

/// A password, or a client's secret: [`Debug`] prints `[redacted]`, and there is no `Display`. Its memory is overwritten when
/// it is dropped.
///
/// ```
/// use axum_scopes::credential::Password;
///
/// let password = Password::from("correct horse");
/// assert_eq!(format!("{password:?}"), "[redacted]");
/// assert_eq!(password.as_str(), "correct horse");
/// ```
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl ZeroizeOnDrop for Password {}

impl Password {
    /// The password as the client sent it. Compare it by [`matches`](Self::matches) or with a hash, never by `==`.
    ///
    /// ```
    /// assert_eq!(axum_scopes::credential::Password::from(" x ").as_str(), " x ");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is `expected`: a client's secret, or a password of the service's configuration. For users, keep hashes of their
    /// passwords, and compare those by `Passwords`.
    ///
    /// The time depends only on the lengths. An empty `expected` never matches.
    ///
    /// ```
    /// let sent = axum_scopes::credential::Password::from("s3cret");
    /// assert!(sent.matches("s3cret"));
    /// assert!(!sent.matches("s3cre"));
    /// ```
    #[must_use]
    pub fn matches(&self, expected: &str) -> bool {
        secret::matches(&self.0, expected).into()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl AsRef<str> for Password {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl From<String> for Password {
    fn from(password: String) -> Self {
        Self(Zeroizing::new(password))
    }
}

impl From<&str> for Password {
    fn from(password: &str) -> Self {
        Self::from(password.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Password, ZeroizeOnDrop};

    #[test]
    fn the_memory_of_a_password_is_overwritten() {
        fn is_overwritten<T: ZeroizeOnDrop>(_: &T) {}
        let Password(text) = &Password::from("secret");
        is_overwritten(text);
    }

    #[test]
    fn a_password_matches_itself_alone_and_is_not_shown() {
        let password = Password::from("secret");
        assert!(password.matches("secret"));
        assert!(!password.matches("Secret") && !password.matches("") && !Password::from("").matches(""));
        assert_eq!(format!("{password:?}"), "[redacted]");
    }
}
