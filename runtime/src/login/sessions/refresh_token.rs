//! Refresh tokens: takes a text or random numbers, yields a token, its digest and its successor.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::super::{random, store::Digest};
use crate::jose::{
    hmac_key::HmacKey,
    provider::{hmac_sha256, sha256},
};

/// The characters of base64url for 32 bytes.
const LENGTH: usize = 43;
/// Separates this use of the key from others.
const SUCCESSOR: &[u8] = b"axum-scopes: successor of a refresh token\0";

/// A refresh token: 256 random bits in base64url. `Debug` does not show it, and its memory is overwritten.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{HmacKey, Scopes, login::{Revocations, Sessions, store::MemoryStore}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
/// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
/// let (_, token) = sessions.begin("johndoe", None, &Scopes::new(), None).await?;
/// assert_eq!(token.as_str().len(), 43);
/// assert_eq!(format!("{token:?}"), "RefreshToken([redacted])");
/// # Ok(())
/// # }
/// ```
pub struct RefreshToken {
    bytes: Zeroizing<[u8; 32]>,
    text: Zeroizing<String>,
}

impl RefreshToken {
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        random::bytes().map(Self::of)
    }

    fn of(bytes: Zeroizing<[u8; 32]>) -> Self {
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
        Self { bytes, text }
    }

    /// `None` if the text is not the one way to write a token.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        let is_read = text.len() == LENGTH && URL_SAFE_NO_PAD.decode_slice(text, &mut *bytes) == Ok(32);
        is_read.then(|| Self::of(bytes))
    }

    /// The next token. Only who has the key can tell it from this one.
    pub(super) fn successor(&self, key: &HmacKey) -> Self {
        Self::of(Zeroizing::new(hmac_sha256(key, &[SUCCESSOR, &*self.bytes])))
    }

    /// What the store learns.
    pub(super) fn digest(&self) -> Digest {
        sha256(&[&*self.bytes])
    }

    /// The text, for the response.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken([redacted])")
    }
}
