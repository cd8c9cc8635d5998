//! Secrets in, keys out; a secret that is too short to be one is refused here.

use std::{fmt, sync::Arc};

use jsonwebtoken::{DecodingKey, EncodingKey};

use super::error::KeyError;

/// RFC 7518 §3.2: as many bytes as the hash of HS256 has.
const MIN_SECRET: usize = 32;

/// A secret shared by those who sign tokens and those who verify them, with HMAC.
///
/// Copies are cheap and share one secret. It is never shown, and its memory is overwritten when the last copy is
/// dropped.
///
/// ```
/// use axum_scopes::{HmacKey, KeyError};
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
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer than 32 bytes (RFC 7518 §3.2).
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = secret.as_ref();
        if secret.len() < MIN_SECRET {
            return Err(KeyError::TooShort);
        }
        Ok(Self(Arc::new(EncodingKey::from_secret(secret))))
    }

    pub(super) fn encoding(&self) -> EncodingKey {
        EncodingKey::clone(&self.0)
    }

    pub(super) fn decoding(&self) -> DecodingKey {
        DecodingKey::from_secret(self.0.as_bytes())
    }
}

impl fmt::Debug for HmacKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacKey([redacted])")
    }
}
