//! Verification keys: takes a secret or a public key, checks it, binds it to one algorithm.

use std::{fmt, sync::Arc};

use super::{
    algorithm::{self, Algorithm, Family},
    error::KeyError,
    fingerprint,
    hmac_key::HmacKey,
    jwk::{self, Jwk, JwkSet},
    material::Material,
    provider::{self, Digest, Verifier},
    thumbprint::{self, Thumbprint},
};

/// The most keys that are tried with one text, so that a forged text costs at most two verifications. With more keys,
/// headers must name theirs (OpenID Connect Core 1.0 §10.1).
pub(crate) const MOST_CANDIDATES: usize = 2;

/// A key that verifies tokens, bound to one algorithm, which no token can change. Copies are cheap.
///
/// ```
/// use axum_scopes::{TokenVerifier, jose::{Algorithm, VerificationKey}};
///
/// // RFC 8037 appendix A.2
/// let key = VerificationKey::from_jwk(
///     Algorithm::EdDSA,
///     r#"{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
/// )?;
/// let verifier = TokenVerifier::new([key]).issuer("https://id.example.com");
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone)]
pub struct VerificationKey(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    algorithm: Algorithm,
    kid: Option<String>,
    /// The only issuer whose tokens it may sign, in a set of several issuers' keys.
    issuer: Option<Box<str>>,
    verifier: Arc<Verifier>,
    fingerprint: Option<Digest>,
    thumbprint: Option<Thumbprint>,
}

impl VerificationKey {
    /// A shared secret, for HS256, HS384 or HS512.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::{Algorithm, VerificationKey}};
    /// let key = VerificationKey::hmac(Algorithm::HS512, &HmacKey::new([7; 64])?)?;
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer bytes than the hash has (RFC 7518 §3.2), [`KeyError::WrongAlgorithm`] for another
    /// algorithm.
    pub fn hmac(algorithm: Algorithm, key: &HmacKey) -> Result<Self, KeyError> {
        Self::new(algorithm, None, &Material::Secret(key.secret()))
    }

    /// Reads a public key, or an HMAC secret, from a JSON Web Key (RFC 7517).
    ///
    /// The key must have the algorithm's type and curve. `alg`, `use` and `key_ops` must be absent or allow verifying
    /// with the algorithm. An RSA key has 2048 to 8192 bits, at most 4096 with the backend `rust_crypto`. A secret must
    /// not be publicly known.
    ///
    /// # Errors
    ///
    /// [`KeyError`], which names the first rule that the key breaks.
    ///
    /// ```
    /// # use axum_scopes::jose::{Algorithm, KeyError, VerificationKey};
    /// let private = r#"{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": "nWGx"}"#;
    /// assert_eq!(VerificationKey::from_jwk(Algorithm::EdDSA, private).unwrap_err(), KeyError::Private);
    /// ```
    pub fn from_jwk(algorithm: Algorithm, jwk: &str) -> Result<Self, KeyError> {
        Self::from_parsed(&jwk::parse::<Jwk<'_>>(jwk)?, algorithm)
    }

    /// Reads the keys of a JSON Web Key Set (RFC 7517 §5) that verify with one of `algorithms`. Other keys are skipped. A key
    /// without `alg` is bound to each algorithm that fits. A secret beside public keys is an error, because such sets are
    /// published.
    ///
    /// ```
    /// # use axum_scopes::jose::{Algorithm, VerificationKey};
    /// let set = r#"{"keys": [
    ///     {"kid": "1", "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
    ///     {"kid": "2", "kty": "RSA", "use": "enc", "n": "", "e": "AQAB"}
    /// ]}"#;
    /// let keys = VerificationKey::from_jwks(&[Algorithm::EdDSA, Algorithm::RS256], set)?;
    /// assert_eq!(keys.len(), 1);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the set is malformed, has no key for these algorithms, an invalid key, two keys with the same
    /// `kid`, or a secret beside public keys.
    pub fn from_jwks(algorithms: &[Algorithm], jwks: &str) -> Result<Vec<Self>, KeyError> {
        let JwkSet { keys: set } = jwk::parse(jwks)?;
        let algorithms = algorithm::distinct(algorithms.iter().copied());
        let mut keys: Vec<Self> = Vec::new();
        for jwk in &set {
            for &algorithm in algorithms.iter().filter(|algorithm| jwk.is_offered_for(**algorithm)) {
                if algorithm.family() == Family::Hmac && !set.iter().all(Jwk::is_secret) {
                    return Err(KeyError::Mixed);
                }
                let key = Self::from_parsed(jwk, algorithm)?;
                if keys
                    .iter()
                    .any(|known| known.kid().is_some() && known.kid_and_algorithm() == key.kid_and_algorithm())
                {
                    return Err(KeyError::DuplicateId);
                }
                keys.push(key);
            }
        }
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
    }

    /// Sets the `kid` (RFC 7515 §4.1.4). A token with a `kid` is verified with the keys of that `kid`.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::{Algorithm, VerificationKey}};
    /// let key = VerificationKey::hmac(Algorithm::HS256, &HmacKey::new([7; 32])?)?.with_kid("2026-11");
    /// assert_eq!(key.kid(), Some("2026-11"));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn with_kid(mut self, kid: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).kid = Some(kid.into());
        self
    }

    /// The algorithm that tokens must be signed with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// The `kid` by which tokens name the key.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    /// The thumbprint of a public key (RFC 7638). `None` for a secret, because guesses could be compared with its thumbprint
    /// (RFC 7638 §7).
    ///
    /// It does not depend on the format that the key was read from, nor on `kid`, `alg` or `use`.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::{Algorithm, VerificationKey}};
    /// let secret = VerificationKey::hmac(Algorithm::HS256, &HmacKey::new([7; 32])?)?;
    /// assert_eq!(secret.thumbprint(), None);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn thumbprint(&self) -> Option<Thumbprint> {
        self.0.thumbprint
    }

    pub(crate) fn from_parsed(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<Self, KeyError> {
        jwk.read(algorithm, |material| Self::new(algorithm, jwk.kid(), material))
    }

    pub(super) fn new(algorithm: Algorithm, kid: Option<String>, material: &Material<'_>) -> Result<Self, KeyError> {
        material.check(algorithm)?;
        if !provider::has(algorithm) {
            return Err(KeyError::Unsupported);
        }
        let verifier = Verifier::new(algorithm, material).ok_or(KeyError::Invalid)?;
        let fingerprint = fingerprint::of(material, algorithm);
        let thumbprint = thumbprint::of(material, algorithm);
        Ok(Self(Arc::new(Inner {
            algorithm,
            kid,
            issuer: None,
            verifier: Arc::new(verifier),
            fingerprint,
            thumbprint,
        })))
    }

    /// Lets it sign only tokens of `issuer`.
    #[cfg(feature = "issuer")]
    pub(crate) fn of_issuer(mut self, issuer: Option<Box<str>>) -> Self {
        Arc::make_mut(&mut self.0).issuer = issuer;
        self
    }

    pub(crate) fn issuer(&self) -> Option<&str> {
        self.0.issuer.as_deref()
    }

    /// What a header chooses a key by.
    pub(crate) fn kid_and_algorithm(&self) -> (Option<&str>, Algorithm) {
        (self.kid(), self.algorithm())
    }

    /// Identifies the key and its algorithm. A secret has none.
    pub(crate) fn fingerprint(&self) -> Option<&Digest> {
        self.0.fingerprint.as_ref()
    }

    pub(crate) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifier.is_signed(message, signature)
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey")
            .field("algorithm", &self.0.algorithm)
            .field("kid", &self.0.kid)
            .finish_non_exhaustive()
    }
}
