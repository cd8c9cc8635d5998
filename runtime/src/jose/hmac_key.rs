//! Secrets in, keys out; a secret that is too short to be one is refused here.

use std::{fmt, sync::Arc};

use jsonwebtoken::EncodingKey;

use super::{error::KeyError, weak};

/// RFC 7518 §3.2: as many bytes as the hash of HS256 has.
const MIN_SECRET: usize = 32;

/// A secret shared by those who sign tokens and those who verify them, with HMAC.
///
/// Copies are cheap and share one secret. It is never shown, and its memory is overwritten when the last copy is
/// dropped.
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
    /// A key of these secret bytes: at least 32, and random. A text that holds them in hexadecimal or base64 is longer
    /// than they are; decode it, or generate enough of it.
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
    /// [`KeyError::TooShort`] for fewer than 32 bytes (RFC 7518 §3.2), [`KeyError::Public`] for what is in a public list of
    /// secrets that were found in use.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = secret.as_ref();
        if weak::is_public(secret) { Err(KeyError::Public) } else { Self::dangerous_even_if_public(secret) }
    }

    /// [`new`](Self::new), without asking whether the secret is publicly known: for examples, and for tests that sign with
    /// the secret of a tutorial. Whoever knows it can sign any token.
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
        if secret.len() < MIN_SECRET {
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
}
