//! From any header and any claims to a token with any signature.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The header and the claims of a token without its signature (a JWS in compact serialisation, RFC 7515 §7.1).
///
/// Nothing is checked or added, so header and claims need not even be JSON. `axum_scopes::testing::Mint` makes tokens that a
/// service accepts.
///
/// ```
/// use axum_scopes_test_support::Jws;
///
/// let jws = Jws::new(r#"{"alg":"HS256"}"#, r#"{"sub":"joe","exp":4102444800}"#);
/// let good = jws.hs256([7; 32]);
/// let of_another_key = jws.hs256([8; 32]);
/// let unsigned = Jws::new(r#"{"alg":"none"}"#, r#"{"sub":"joe","exp":4102444800}"#).with_signature("");
/// let tampered = Jws::new(r#"{"alg":"HS256"}"#, r#"{"sub":"eve","exp":4102444800}"#).with_signature_of(&good);
///
/// assert_ne!(good, of_another_key);
/// assert!(unsigned.ends_with('.'));
/// assert_eq!(tampered.rsplit('.').next(), good.rsplit('.').next());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jws {
    /// The signed text: both are encoded, with a full stop between them.
    signing_input: String,
}

impl Jws {
    /// Encodes header and claims.
    pub fn new(header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> Self {
        Self::encoded(format!("{}.{}", base64url(header), base64url(claims)))
    }

    /// Header and claims that are already encoded, possibly with mistakes.
    pub fn encoded(signing_input: impl Into<String>) -> Self {
        Self { signing_input: signing_input.into() }
    }

    /// Signs with HMAC and SHA-256 (RFC 7518 §3.2) and a secret of any length, even if the header names another algorithm.
    #[must_use]
    pub fn hs256(&self, secret: impl AsRef<[u8]>) -> String {
        self.signed(|message| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_ref()).unwrap();
            mac.update(message);
            mac.finalize().into_bytes()
        })
    }

    /// Signs with a key of any other family. `sign` gets the signed text, and returns the bytes of the signature.
    #[must_use]
    pub fn signed<S: AsRef<[u8]>>(&self, sign: impl FnOnce(&[u8]) -> S) -> String {
        self.with_signature(&base64url(sign(self.signing_input.as_bytes())))
    }

    /// Signs with a key that may refuse to sign.
    ///
    /// # Errors
    ///
    /// That of `sign`.
    pub fn try_signed<S: AsRef<[u8]>, E>(&self, sign: impl FnOnce(&[u8]) -> Result<S, E>) -> Result<String, E> {
        Ok(self.with_signature(&base64url(sign(self.signing_input.as_bytes())?)))
    }

    /// Adds this text as the signature. An empty signature makes an unsecured token (RFC 7515 appendix A.5).
    #[must_use]
    pub fn with_signature(&self, encoded: &str) -> String {
        format!("{}.{encoded}", self.signing_input)
    }

    /// Adds the signature of another token, which is valid only for that token.
    #[must_use]
    #[track_caller]
    pub fn with_signature_of(&self, token: &str) -> String {
        self.with_signature(token.rsplit_once('.').unwrap().1)
    }
}

/// Base64url without padding (RFC 7515 §2).
pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
