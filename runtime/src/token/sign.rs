//! Signing: takes claims, yields a token in compact serialisation.

use std::{fmt, sync::Arc};

use jsonwebtoken::EncodingKey;
use serde::Serialize;

use super::{
    error::{Reason, SignError},
    profile::JWT,
};
use crate::jose::{algorithm::Algorithm, compact, header, hmac_key::HmacKey, provider};

/// Signs access tokens with one key and one algorithm. Copies are cheap.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{Claims, HmacKey, TokenVerifier, token::TokenSigner};
///
/// let key = HmacKey::new([7; 32])?;
/// let token = TokenSigner::hs256(&key).sign(&Claims::new("johndoe", "me items", Duration::from_secs(1800)))?;
///
/// let claims = TokenVerifier::hs256(&key).verify(&token)?;
/// assert_eq!(claims.sub, "johndoe");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TokenSigner(Arc<Inner>);

struct Inner {
    algorithm: Algorithm,
    key: EncodingKey,
    header: String,
}

impl TokenSigner {
    /// HMAC with SHA-256 (RFC 7518 §3.2), the algorithm of FastAPI's tutorial.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, token::TokenSigner};
    /// let signer = TokenSigner::hs256(&HmacKey::new([7; 32])?);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn hs256(key: &HmacKey) -> Self {
        let algorithm = Algorithm::HS256;
        Self(Arc::new(Inner { algorithm, key: key.encoding(), header: header::encode(algorithm, JWT) }))
    }

    /// Signs claims of any type that serialises to a JSON object. Nothing is checked: a token without `sub` or `exp` is
    /// signed, but every verifier refuses it.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, token::TokenSigner};
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Ticket<'a> { sub: &'a str, exp: u64, seat: u16 }
    ///
    /// let signer = TokenSigner::hs256(&HmacKey::new([7; 32])?);
    /// let token = signer.sign(&Ticket { sub: "johndoe", exp: 4_102_444_800, seat: 12 })?;
    /// assert_eq!(token.split('.').count(), 3);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SignError`] if the claims do not serialise to a JSON object.
    pub fn sign<C: Serialize>(&self, claims: &C) -> Result<String, SignError> {
        let claims = serde_json::to_vec(claims).map_err(|error| SignError(Reason::Serialize(error)))?;
        if claims.first() != Some(&b'{') {
            return Err(SignError(Reason::NotAnObject));
        }
        let Inner { algorithm, key, header } = &*self.0;
        // Base64 has four characters for three bytes. Two full stops and a signature of 32 bytes need 45.
        let mut token = String::with_capacity(header.len() + claims.len().div_ceil(3) * 4 + 45);
        token.push_str(header);
        token.push('.');
        compact::encode_onto(&mut token, &claims);
        let signer = provider::signer(*algorithm, key).map_err(|_| SignError(Reason::Backend))?;
        let signature = signer.try_sign(token.as_bytes()).map_err(|_| SignError(Reason::Backend))?;
        token.push('.');
        compact::encode_onto(&mut token, &signature);
        Ok(token)
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSigner").field("algorithm", &self.0.algorithm).finish_non_exhaustive()
    }
}
