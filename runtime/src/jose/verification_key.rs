//! Keys that tokens are verified with: each bound to one algorithm, and checked when it is made.

use std::{fmt, sync::Arc};

use super::{
    algorithm::{self, Algorithm, Family},
    error::KeyError,
    fingerprint,
    hmac_key::HmacKey,
    jwk::{self, Jwk, JwkSet},
    material::Material,
    provider::{Digest, Verifier},
};

/// So that a forged text costs no more than two signatures. Sets of more keys are for headers that name theirs (OpenID
/// Connect Core 1.0 §10.1).
pub(crate) const MOST_CANDIDATES: usize = 2;

/// A key that tokens are verified with, bound to one algorithm: no token can choose another. Copies are cheap.
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

struct Inner {
    algorithm: Algorithm,
    id: Option<String>,
    verifier: Arc<Verifier>,
    fingerprint: Option<Digest>,
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

    /// A public key as a JSON Web Key (RFC 7517), or a secret for HMAC; `kid` becomes its [`kid`](Self::kid).
    ///
    /// It has the algorithm's type and curve; `alg`, `use` and `key_ops` are absent or for this. RSA has 2048 to 8192 bits, or to
    /// 4096 with the backend `rust_crypto`; a secret is not in a public list.
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
        Self::of(&jwk::parse::<Jwk<'_>>(jwk)?, algorithm)
    }

    /// The keys of a JSON Web Key Set (RFC 7517 §5) that verify with one of `algorithms`; what is for something else is
    /// skipped. A key that does not name its algorithm is bound to each that suits it. A secret is refused beside public
    /// keys: sets of those are published.
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
    /// [`KeyError`] where the set is none, has no key for these algorithms, has a wrong one, two with the same `kid`, or a
    /// secret for one of them beside public keys.
    pub fn from_jwks(algorithms: &[Algorithm], jwks: &str) -> Result<Vec<Self>, KeyError> {
        let JwkSet { keys: set } = jwk::parse(jwks)?;
        let algorithms = algorithm::distinct(algorithms.iter().copied());
        let mut keys: Vec<Self> = Vec::new();
        for jwk in &set {
            for &algorithm in algorithms.iter().filter(|algorithm| jwk.is_offered_for(**algorithm)) {
                if algorithm.family() == Family::Hmac && !set.iter().all(Jwk::is_secret) {
                    return Err(KeyError::Mixed);
                }
                let key = Self::of(jwk, algorithm)?;
                let is_same = |known: &Self| known.kid().is_some() && known.names() == key.names();
                if keys.iter().any(is_same) {
                    return Err(KeyError::DuplicateId);
                }
                keys.push(key);
            }
        }
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
    }

    /// The same key with another `kid` (RFC 7515 §4.1.4): tokens that name one are verified with the keys of that name.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, jose::{Algorithm, VerificationKey}};
    /// let key = VerificationKey::hmac(Algorithm::HS256, &HmacKey::new([7; 32])?)?.with_kid("2026-11");
    /// assert_eq!(key.kid(), Some("2026-11"));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn with_kid(self, id: impl Into<String>) -> Self {
        let Inner { algorithm, verifier, fingerprint, .. } = &*self.0;
        let (verifier, fingerprint) = (Arc::clone(verifier), *fingerprint);
        Self(Arc::new(Inner { algorithm: *algorithm, id: Some(id.into()), verifier, fingerprint }))
    }

    /// What tokens must be signed with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// The `kid` by which tokens name it.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    pub(crate) fn of(jwk: &Jwk<'_>, algorithm: Algorithm) -> Result<Self, KeyError> {
        jwk.read(algorithm, |material| Self::new(algorithm, jwk.id(), material))
    }

    pub(super) fn new(algorithm: Algorithm, id: Option<String>, material: &Material<'_>) -> Result<Self, KeyError> {
        material.check(algorithm)?;
        let verifier = Verifier::new(algorithm, material).ok_or(KeyError::Invalid)?;
        let fingerprint = fingerprint::of(material, algorithm);
        Ok(Self(Arc::new(Inner { algorithm, id, verifier: Arc::new(verifier), fingerprint })))
    }

    /// What tokens tell keys apart by.
    pub(crate) fn names(&self) -> (Option<&str>, Algorithm) {
        (self.kid(), self.algorithm())
    }

    /// By which it is told from others, and from itself for another algorithm; a secret has none.
    pub(crate) fn fingerprint(&self) -> Option<&Digest> {
        self.0.fingerprint.as_ref()
    }

    pub(crate) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        #[cfg(test)]
        super::tests::work::add_one(&super::tests::work::VERIFICATIONS);
        self.0.verifier.is_signed(message, signature)
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey")
            .field("algorithm", &self.0.algorithm)
            .field("id", &self.0.id)
            .finish_non_exhaustive()
    }
}
