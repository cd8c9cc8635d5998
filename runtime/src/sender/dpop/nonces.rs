//! Nonces for proofs (RFC 9449 §8 and §9): takes a key and the time, yields a nonce that this service knows again, and
//! remembers none.

use std::fmt;

use axum::http::HeaderValue;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;

use crate::jose::{Algorithm, HmacKey, KeyError, VerificationKey, provider};

/// The seconds of one step. A nonce is valid until the end of the next step, so for one to two minutes.
const STEP: f64 = 60.0;

/// What the hash is for. No signed token begins with it, so one key can be for both.
const LABEL: &[u8] = b"DPoP nonce\0";

/// Nonces that a client puts into its proofs, so that a proof cannot be made ahead of time, and so that its clock may be wrong.
///
/// A nonce is a keyed hash (HMAC with SHA-256) of the time in steps of 60 seconds. Nonces of the current step and of the one before
/// are valid. Replicas share the key, so each of them knows the nonces of the others. `Debug` does not show the key.
///
/// ```
/// use axum_scopes::{HmacKey, sender::dpop::{Dpop, Nonces}};
///
/// // In a service: 32 random bytes from its configuration.
/// let key = HmacKey::new([7; 32])?;
/// let nonces = Nonces::new(&key)?;
/// assert_eq!(format!("{nonces:?}"), "Nonces([redacted])");
/// let dpop = Dpop::new("https://api.example.com")?.nonces(nonces);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Nonces {
    signing: EncodingKey,
    verifying: VerificationKey,
}

impl Nonces {
    /// Nonces by this key, which all replicas of the service share.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::KeyError, sender::dpop::Nonces};
    /// assert!(Nonces::new(&HmacKey::new([7; 32])?).is_ok());
    /// # Ok::<_, KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::Invalid`] if the cryptography refuses the key, which it does not do with keys of today.
    pub fn new(key: &HmacKey) -> Result<Self, KeyError> {
        let nonces = Self { signing: key.encoding(), verifying: VerificationKey::hmac(Algorithm::HS256, key)? };
        // So that nobody is refused for want of a nonce that cannot be made.
        nonces.hash(0).map(|_| nonces).ok_or(KeyError::Invalid)
    }

    /// The nonce of the current step, for the header `DPoP-Nonce`.
    pub(crate) fn current(&self, now: f64) -> HeaderValue {
        let hash = self.hash(step(now)).unwrap_or_default();
        HeaderValue::try_from(URL_SAFE_NO_PAD.encode(hash)).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    /// Whether it is the nonce of the current step or of the one before, in constant time.
    pub(super) fn is_valid(&self, nonce: &str, now: f64) -> bool {
        let mut hash = [0; 32];
        // A slice decoder may leave a part of the buffer, and an empty nonce would leave all of it.
        if !matches!(URL_SAFE_NO_PAD.decode_slice(nonce, &mut hash), Ok(32)) {
            return false;
        }
        let current = step(now);
        let of = |step: u64| self.verifying.is_signed(&message(step), &hash);
        of(current) | current.checked_sub(1).is_some_and(of)
    }

    /// When the nonces that are valid now have all become invalid, in seconds since 1970.
    pub(super) fn end(now: f64) -> u64 {
        step(now).saturating_add(2).saturating_mul(STEP as u64)
    }

    fn hash(&self, step: u64) -> Option<Vec<u8>> {
        provider::signer(Algorithm::HS256, &self.signing).ok()?.try_sign(&message(step)).ok()
    }
}

fn step(now: f64) -> u64 {
    (now / STEP) as u64
}

fn message(step: u64) -> [u8; LABEL.len() + 8] {
    let mut message = [0; LABEL.len() + 8];
    message[..LABEL.len()].copy_from_slice(LABEL);
    message[LABEL.len()..].copy_from_slice(&step.to_be_bytes());
    message
}

impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonces([redacted])")
    }
}
