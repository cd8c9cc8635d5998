//! Private keys: takes a private JSON Web Key, checks that its halves belong together, yields a key that signs.

use std::{fmt, sync::Arc};

#[cfg(feature = "login")]
use super::generated;
use super::{
    algorithm::Algorithm,
    error::KeyError,
    jwk,
    material::Material,
    private::Private,
    private_jwk::PrivateJwk,
    provider::Signer,
    thumbprint::{self, Thumbprint},
    verification_key::VerificationKey,
};

/// What a key signs to show that it belongs to its public half.
const PROBE: &[u8] = b"axum-scopes";

/// A private key that signs tokens: P-256 for ES256, Ed25519 for EdDSA, or RSA for RS256.
///
/// Copies are cheap and share one key. `Debug` does not show it. Its memory is overwritten when the last copy is dropped.
///
/// With the backend `rust_crypto`, sign with ES256 or EdDSA: the time that its RSA takes may tell the key to whoever can measure it
/// (RUSTSEC-2023-0071).
///
/// ```
/// use axum_scopes::{Claims, TokenVerifier, jose::{Algorithm, SigningKey}, token::TokenSigner};
/// # use std::time::Duration;
///
/// // RFC 8037 appendix A.1
/// let key = SigningKey::from_jwk(
///     r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
///         "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#,
/// )?;
/// let token = TokenSigner::new(&key).sign(&Claims::new("johndoe", "me", Duration::from_secs(60)))?;
/// assert_eq!(TokenVerifier::new([key.verification_key().clone()]).verify(&token)?.sub, "johndoe");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct SigningKey(Arc<Inner>);

struct Inner {
    signer: Signer,
    public: VerificationKey,
    thumbprint: Thumbprint,
    /// The required members of the public key, as JSON.
    members: String,
}

impl SigningKey {
    /// Reads a private JSON Web Key (RFC 7517, RFC 7518 §6, RFC 8037 §2). Its type and curve decide about the algorithm; `alg`, `use` and
    /// `key_ops` must be absent or allow signing with it. An RSA key needs all members of two primes, and has 2048 to 8192 bits, at most
    /// 4096 with the backend `rust_crypto`. The caller overwrites the text.
    ///
    /// ```
    /// use axum_scopes::jose::{Algorithm, KeyError, SigningKey};
    ///
    /// let public = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    /// assert_eq!(SigningKey::from_jwk(public).unwrap_err(), KeyError::Member("d"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError`], which names the first rule that the key breaks: [`Mismatch`](KeyError::Mismatch) if its private members do not belong
    /// to its public ones.
    pub fn from_jwk(jwk: &str) -> Result<Self, KeyError> {
        let jwk: PrivateJwk<'_> = jwk::parse(jwk)?;
        jwk.read(|algorithm, public, private| Self::of(algorithm, jwk.kid(), public, private))
    }

    /// Makes a new key for ES256 or EdDSA, as the text of a private JSON Web Key, which [`from_jwk`](Self::from_jwk) reads. It is secret:
    /// write it to where only the service can read it.
    ///
    /// ```
    /// use axum_scopes::jose::{Algorithm, SigningKey};
    ///
    /// let key = SigningKey::from_jwk(&SigningKey::generate_jwk(Algorithm::ES256)?)?;
    /// assert_eq!(key.algorithm(), Algorithm::ES256);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::Random`] if the operating system has no random numbers, [`KeyError::Unsupported`] for other algorithms.
    #[cfg(feature = "login")]
    pub fn generate_jwk(algorithm: Algorithm) -> Result<String, KeyError> {
        generated::private_jwk(algorithm)
    }

    fn of(
        algorithm: Algorithm,
        kid: Option<String>,
        public: &Material<'_>,
        private: &Private<'_>,
    ) -> Result<Self, KeyError> {
        let verification = VerificationKey::new(algorithm, kid, public)?;
        let signer = Signer::new(algorithm, public, private).ok_or(KeyError::Mismatch)?;
        let probe = signer.sign(PROBE).ok_or(KeyError::Mismatch)?;
        if !verification.is_signed(PROBE, &probe) {
            return Err(KeyError::Mismatch);
        }
        let thumbprint = verification.thumbprint().ok_or(KeyError::WrongAlgorithm)?;
        let members = thumbprint::members(public, algorithm).ok_or(KeyError::WrongAlgorithm)?;
        Ok(Self(Arc::new(Inner { signer, public: verification, thumbprint, members })))
    }

    /// The algorithm that it signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.0.public.algorithm()
    }

    /// The `kid` by which tokens name it.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.0.public.kid()
    }

    /// The thumbprint of its public half (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        self.0.thumbprint
    }

    /// Its public half, which verifies what it signs.
    #[must_use]
    pub fn verification_key(&self) -> &VerificationKey {
        &self.0.public
    }

    /// Its public half as a JSON Web Key, with `alg`, `use`, and `kid` if it has one. Nothing else of what the key was read from is in it.
    ///
    /// ```
    /// # use axum_scopes::jose::{Algorithm, SigningKey, VerificationKey};
    /// # let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    /// #     "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;
    /// let public = SigningKey::from_jwk(jwk)?.public_jwk();
    /// assert!(!public.contains(r#""d""#));
    /// assert!(VerificationKey::from_jwk(Algorithm::EdDSA, &public).is_ok());
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn public_jwk(&self) -> String {
        let members = self.0.members.trim_end_matches('}');
        let kid = self.kid().map(|kid| format!(r#","kid":{}"#, serde_json::Value::from(kid)));
        format!(r#"{members},"alg":"{}","use":"sig"{}}}"#, self.algorithm(), kid.unwrap_or_default())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        self.0.signer.sign(message)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("algorithm", &self.algorithm())
            .field("kid", &self.kid())
            .finish_non_exhaustive()
    }
}
