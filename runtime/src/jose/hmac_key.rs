//! HMAC keys: takes a secret, refuses a short or public one, yields a key.

use std::{fmt, sync::Arc};

use jsonwebtoken::EncodingKey;

use super::{algorithm::Algorithm, error::KeyError, weak};

/// An HMAC secret, shared by the services that sign tokens and those that verify them.
///
/// Copies are cheap and share one secret. `Debug` does not show it. Its memory is overwritten when the last copy is dropped.
///
/// ```
/// use axum_scopes::{HmacKey, jose::KeyError};
///
/// // In a service: 32 random bytes from its configuration.
/// assert!(HmacKey::new([7; 32]).is_ok());
/// assert_eq!(HmacKey::new("secret").unwrap_err(), KeyError::TooShort);
/// ```
#[derive(Clone)]
pub struct HmacKey(Arc<EncodingKey>);

impl HmacKey {
    /// Makes a key of at least 32 random bytes. Hexadecimal or base64 text is longer than the random bytes in it: decode
    /// it, or make it of at least 32 random bytes.
    ///
    /// ```
    /// # use axum_scopes::HmacKey;
    /// let key = HmacKey::new("an example, far too easy to guess")?;
    /// assert!(!format!("{key:?}").contains("guess"));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer than 32 bytes (RFC 7518 §3.2), [`KeyError::Public`] for a secret in a public list of
    /// weak secrets.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = secret.as_ref();
        if weak::is_public(secret) { Err(KeyError::Public) } else { Self::dangerous_even_if_public(secret) }
    }

    /// [`new`](Self::new) without the check for public secrets, for examples and tests that use the secret of a tutorial.
    /// Everybody who knows the secret can sign tokens.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::KeyError};
    /// let of_fastapis_tutorial = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7";
    /// assert_eq!(HmacKey::new(of_fastapis_tutorial).unwrap_err(), KeyError::Public);
    /// assert!(HmacKey::dangerous_even_if_public(of_fastapis_tutorial).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer than 32 bytes (RFC 7518 §3.2).
    pub fn dangerous_even_if_public(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = secret.as_ref();
        if secret.len() < Algorithm::HS256.hash_len() {
            return Err(KeyError::TooShort);
        }
        Ok(Self(Arc::new(EncodingKey::from_secret(secret))))
    }

    pub(crate) fn encoding(&self) -> EncodingKey {
        EncodingKey::clone(&self.0)
    }

    pub(crate) fn secret(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacKey([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::{EncodingKey, HmacKey};

    /// By jsonwebtoken.
    #[test]
    fn the_memory_of_a_secret_is_overwritten() {
        fn is_overwritten<T: ZeroizeOnDrop>(_: impl Fn(&HmacKey) -> &T) {}
        is_overwritten::<EncodingKey>(|key| &key.0);
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(HmacKey::new([7; 32]).map(|key| format!("{key:?}")).as_deref(), Ok("HmacKey([redacted])"));
    }
}
