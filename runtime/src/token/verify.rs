//! Verifying: a token in, claims that may be believed out.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jsonwebtoken::DecodingKey;
use serde::de::DeserializeOwned;

use super::{
    claims::Claims,
    compact::{self, Compact},
    error::TokenError,
    header,
    key::HmacKey,
    policy::Policy,
    provider::{self, Algorithm},
    scope_claim::ScopeClaim,
};

/// More than clocks that are set over the network ever differ.
const MAX_LEEWAY: Duration = Duration::from_secs(300);

/// Verifies access tokens with one key and one algorithm, which no token can change. Copies are cheap.
///
/// Beyond a good signature, a token needs `sub` and an `exp` that lies ahead. `nbf` is kept where it is present, `iss`
/// and `aud` where they are configured, and a token that names an audience is refused where none is.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier};
///
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
///     .issuer("https://id.example.com")
///     .audience("https://api.example.com");
/// assert!(verifier.verify("eyJhbGciOiJub25lIn0.e30.").is_err());
/// # Ok::<_, axum_scopes::KeyError>(())
/// ```
#[derive(Clone)]
pub struct TokenVerifier(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    algorithm: Algorithm,
    key: DecodingKey,
    /// The header that our own signer writes: needs no reading.
    usual_header: String,
    policy: Policy,
}

impl TokenVerifier {
    /// HMAC with SHA-256 (RFC 7518 §3.2), the algorithm of FastAPI's tutorial.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn hs256(key: &HmacKey) -> Self {
        let algorithm = provider::HS256;
        let usual_header = header::encode(algorithm.name);
        Self(Arc::new(Inner { algorithm, key: key.decoding(), usual_header, policy: Policy::default() }))
    }

    /// By how much the clock of the issuer may differ from ours, for `exp` and `nbf`: nothing unless it is set, and at
    /// most 300 seconds.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// # use std::time::Duration;
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).leeway(Duration::from_secs(30));
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy().leeway = leeway.min(MAX_LEEWAY).as_secs_f64();
        self
    }

    /// Accepts only tokens whose `iss` (RFC 7519 §4.1.1) is `issuer`, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).issuer("https://id.example.com");
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.policy().issuer = Some(issuer.into());
        self
    }

    /// Accepts only tokens whose `aud` (RFC 7519 §4.1.3) is `audience` or a list with it, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).audience("https://api.example.com");
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy().audience = Some(audience.into());
        self
    }

    /// Which claim says what a token grants: `scope`, unless it is set. A claims type of your own decides for itself.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, ScopeClaim, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).scope_claim(ScopeClaim::Scopes);
    /// # Ok::<_, axum_scopes::KeyError>(())
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy().scope_claim = claim;
        self
    }

    /// Reads the claims of a token, if it is to be believed.
    ///
    /// ```
    /// # use axum_scopes::{Claims, HmacKey, TokenSigner, TokenVerifier};
    /// # use std::time::Duration;
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Claims::new("johndoe", "me", Duration::from_secs(60)))?;
    /// let claims = TokenVerifier::hs256(&key).verify(&token)?;
    /// assert_eq!((claims.sub.as_str(), claims.scope.as_str()), ("johndoe", "me"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError`], which names the first rule that the token breaks.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        self.0.believed_claims(token).map(|(claims, _)| claims)
    }

    /// [`verify`](Self::verify) with a claims type of your own.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenSigner, TokenVerifier};
    /// # #[derive(serde::Serialize)] struct Signed { sub: &'static str, exp: u64, seat: u16 }
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Signed { sub: "johndoe", exp: 4_102_444_800, seat: 12 })?;
    /// #[derive(serde::Deserialize)]
    /// struct Ticket { sub: String, seat: u16 }
    ///
    /// let ticket: Ticket = TokenVerifier::hs256(&key).verify_as(&token)?;
    /// assert_eq!((ticket.sub.as_str(), ticket.seat), ("johndoe", 12));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify); also where the claims do not have the shape of `C`.
    pub fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        let (_, json) = self.0.believed_claims(token)?;
        serde_json::from_str(&json).map_err(|_| TokenError::Claims)
    }

    fn policy(&mut self) -> &mut Policy {
        &mut Arc::make_mut(&mut self.0).policy
    }
}

impl Inner {
    /// The claims of a token that keeps every rule, and the JSON that they were read from.
    fn believed_claims(&self, token: &str) -> Result<(Claims, String), TokenError> {
        let token = Compact::split(token).ok_or(TokenError::Malformed)?;
        if token.header != self.usual_header {
            header::check(token.header, self.algorithm.name)?;
        }
        self.check_signature(&token)?;
        let json = compact::decode_text(token.claims).ok_or(TokenError::Malformed)?;
        let claims = self.policy.check(&json, now())?;
        Ok((claims, json))
    }

    /// The backend compares in constant time.
    fn check_signature(&self, token: &Compact<'_>) -> Result<(), TokenError> {
        let signature = compact::decode(token.signature).ok_or(TokenError::Malformed)?;
        let verifier = self.algorithm.verifier(&self.key).map_err(|_| TokenError::Signature)?;
        verifier.verify(token.signed.as_bytes(), &signature).map_err(|_| TokenError::Signature)
    }
}

/// Seconds since 1970. By a clock that is set to before that, every token has expired.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(f64::INFINITY, |now| now.as_secs_f64())
}

impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("algorithm", &self.0.algorithm.name)
            .field("policy", &self.0.policy)
            .finish_non_exhaustive()
    }
}
