//! A password as the client sent it, which no log will show.

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
    /// What was sent, unchanged. Compare it by [`matches`](Self::matches) or with a hash, never by `==`.
    ///
    /// ```
    /// assert_eq!(axum_scopes::credential::Password::from(" x ").as_str(), " x ");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is `expected`: for a client's secret, or a password that the service is configured with. Users'
    /// passwords are kept as hashes, which `Passwords` compares.
    ///
    /// The time that this takes tells how long `expected` is and nothing else. An empty `expected` is nobody's password.
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
}
