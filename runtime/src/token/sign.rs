//! Signing: takes claims, yields a token in compact serialisation.

use std::{fmt, sync::Arc};

use jsonwebtoken::EncodingKey;
use serde::Serialize;

use super::{
    error::{Reason, SignError},
    profile::{ACCESS_TOKEN, JWT},
};
use crate::jose::{algorithm::Algorithm, compact, header, hmac_key::HmacKey, provider, signing_key::SigningKey};

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
    key: Key,
    header: String,
}

enum Key {
    Secret(EncodingKey),
    Private(SigningKey),
}

impl Key {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Secret(_) => Algorithm::HS256,
            Self::Private(key) => key.algorithm(),
        }
    }

    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Secret(key) => provider::signer(Algorithm::HS256, key).ok()?.try_sign(message).ok(),
            Self::Private(key) => key.sign(message),
        }
    }

    /// The bytes of a signature, as a hint.
    fn signature_len(&self) -> usize {
        match self.algorithm() {
            Algorithm::HS256 => 32,
            Algorithm::RS256 => 256,
            _ => 64,
        }
    }
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
        let header = header::encode(Algorithm::HS256, JWT, None);
        Self(Arc::new(Inner { key: Key::Secret(key.encoding()), header }))
    }

    /// Signs with a private key, whose public half verifies: for services that do not trust each other with a secret. If the key has a
    /// `kid`, tokens name it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, TokenVerifier, jose::SigningKey, token::TokenSigner};
    ///
    /// # // RFC 8037 appendix A.1
    /// # let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    /// #     "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;
    /// let key = SigningKey::from_jwk(jwk)?;
    /// let token = TokenSigner::new(&key).sign(&Claims::new("johndoe", "me", Duration::from_secs(60)))?;
    /// assert!(TokenVerifier::new([key.verification_key().clone()]).verify(&token).is_ok());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(key: &SigningKey) -> Self {
        Self::with_type(key, JWT)
    }

    /// Signs access tokens in the profile of RFC 9068, whose `typ` is `at+jwt`. The claims that the profile requires are the caller's to
    /// write.
    ///
    /// ```
    /// # use axum_scopes::{jose::SigningKey, token::TokenSigner};
    /// # fn signer(key: SigningKey) -> TokenSigner {
    /// TokenSigner::rfc9068(&key)
    /// # }
    /// ```
    #[must_use]
    pub fn rfc9068(key: &SigningKey) -> Self {
        Self::with_type(key, ACCESS_TOKEN)
    }

    fn with_type(key: &SigningKey, typ: &str) -> Self {
        let header = header::encode(key.algorithm(), typ, key.kid());
        Self(Arc::new(Inner { key: Key::Private(key.clone()), header }))
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
        let Inner { key, header } = &*self.0;
        // Base64 has four characters for three bytes. There are two full stops.
        let encoded = |bytes: usize| bytes.div_ceil(3) * 4;
        let mut token = String::with_capacity(header.len() + encoded(claims.len()) + encoded(key.signature_len()) + 2);
        token.push_str(header);
        token.push('.');
        compact::encode_onto(&mut token, &claims);
        let signature = key.sign(token.as_bytes()).ok_or(SignError(Reason::Backend))?;
        token.push('.');
        compact::encode_onto(&mut token, &signature);
        Ok(token)
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSigner").field("algorithm", &self.0.key.algorithm()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{HmacKey, SigningKey, TokenSigner};
    use crate::jose::tests::private_keys::{ED25519, P256, RSA};

    #[test]
    #[expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]
    fn a_token_is_written_once_into_memory_of_its_length() -> Result<(), Box<dyn std::error::Error>> {
        let mut signers = vec![TokenSigner::hs256(&HmacKey::new([7; 32])?)];
        for jwk in [P256, ED25519, RSA] {
            signers.push(TokenSigner::new(&SigningKey::from_jwk(jwk)?));
        }
        for (signer, algorithm) in signers.iter().zip(["HS256", "ES256", "EdDSA", "RS256"]) {
            let token = signer.sign(&json!({ "sub": "x".repeat(600) }))?;
            assert!(token.capacity() <= token.len() + 4, "{algorithm}: {} for {}", token.capacity(), token.len());
            assert_eq!(format!("{signer:?}"), format!("TokenSigner {{ algorithm: {algorithm}, .. }}"));
        }
        Ok(())
    }
}
