//! The errors of tokens. They are for logs and contain nothing of a token.

use std::{error::Error, fmt};

use crate::{credential::presented::Unconfirmed, jose::error::JwsError};

/// Why a token is refused.
///
/// It is for logs. Tell the client only that its credentials could not be validated.
///
/// ```
/// use axum_scopes::{Claims, HmacKey, TokenVerifier, token::TokenError};
///
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
/// assert_eq!(verifier.verify("no token"), Err(TokenError::Malformed));
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenError {
    /// The token has more bytes than [`max_token_size`](crate::TokenVerifier::max_token_size).
    TooLarge,
    /// The token is not three segments of unpadded base64url (RFC 7515 §7.1).
    Malformed,
    /// The header is not a JSON object of supported, unique parameters (RFC 7515 §4), or has more than 16 commas, 32
    /// escapes or 8 brackets.
    Header,
    /// The token is signed with an algorithm that is not configured, or not signed at all.
    Algorithm,
    /// No configured key has the `kid` of the token (RFC 7515 §4.1.4), or more than two keys could have signed it.
    Key,
    /// The signature does not match a configured key.
    Signature,
    /// The claims are not a JSON object with unique names (RFC 7519 §4, §7.2), or are nested too deeply.
    Claims,
    /// This claim is missing. `exp` is always required, and `sub` unless
    /// [`subject_or`](crate::TokenVerifier::subject_or) is configured; [`rfc9068`](crate::TokenVerifier::rfc9068) requires
    /// more.
    MissingClaim(&'static str),
    /// This claim has the wrong type (RFC 7519 §4.1).
    WrongClaim {
        /// The name of the claim.
        claim: &'static str,
        /// The type that it has, such as `a string`; never its value.
        found: &'static str,
    },
    /// The claim of this [`ScopeSource`](crate::token::ScopeSource) is present and holds no scopes in an accepted form.
    ScopeSource {
        /// The names that lead to the claim, with a slash between them; never its value.
        claim: String,
    },
    /// `sub` is empty.
    EmptySubject,
    /// The claims do not fit the claims type of the service.
    ClaimsType,
    /// The time `exp` is not in the future (RFC 7519 §4.1.4).
    Expired,
    /// The time `nbf` is in the future (RFC 7519 §4.1.5).
    NotYetValid,
    /// `iss` is not the configured issuer (RFC 7519 §4.1.1).
    Issuer,
    /// `aud` does not name a configured audience (RFC 7519 §4.1.3), or is present although none is configured.
    Audience,
    /// The token is bound to its sender (`cnf`, RFC 7800 §3.1), whom nobody confirms here, or it is presented with a proof
    /// that nobody checks.
    Bound,
    /// The token is bound to nobody, and the scheme requires that it is.
    Unbound,
    /// The token is bound to another sender: another key, or another certificate (RFC 9449 §7.1, RFC 8705 §3).
    Sender,
    /// The claim of the client, such as `client_id` or `azp`, is missing or names another client than those configured.
    Client,
    /// The claim is missing, or has none of the values that the service [requires](crate::TokenVerifier::require_claim).
    Value {
        /// The name of the claim; never its value.
        claim: String,
    },
    /// The token is unknown, expired or revoked (RFC 7662 §2.2). For verifiers that look tokens up.
    Inactive,
    /// The token is active, but no access token: a refresh token, for example. For verifiers that look tokens up.
    TokenType,
    /// The token is none of this verifier's, so another one may judge it ([`judges`](crate::token::judges)). Never for a
    /// token that this verifier has judged, as one with a wrong signature.
    NotMine,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "token is too large",
            Self::Malformed => "token is malformed",
            Self::Header => "token header is not supported",
            Self::Algorithm => "token is not signed with a configured algorithm",
            Self::Key => "token does not name a known key",
            Self::Signature => "token signature is wrong",
            Self::Claims => "token claims are not a JSON object with unique names",
            Self::MissingClaim(claim) => return write!(f, "token claim `{claim}` is missing"),
            Self::WrongClaim { claim, found } => {
                return write!(f, "token claim `{claim}` has the wrong type: {found}");
            }
            Self::ScopeSource { claim } => {
                return write!(f, "token claim `{claim}` does not hold scopes in an accepted form");
            }
            Self::EmptySubject => "token claim `sub` is empty",
            Self::ClaimsType => "token claims do not fit the service's claims type",
            Self::Expired => "token has expired",
            Self::NotYetValid => "token is not valid yet",
            Self::Issuer => "token is from another issuer",
            Self::Audience => "token is for another audience",
            Self::Bound => "token is bound to a sender whom nobody confirms",
            Self::Unbound => "token is not bound to its sender",
            Self::Sender => "token is bound to another sender",
            Self::Value { claim } => return write!(f, "token claim `{claim}` has none of the required values"),
            Self::Client => "token is of another client",
            Self::Inactive => "token is not active",
            Self::TokenType => "token is no access token",
            Self::NotMine => "token is none of this verifier's",
        })
    }
}

impl Error for TokenError {}

impl From<Unconfirmed> for TokenError {
    fn from(_: Unconfirmed) -> Self {
        Self::Bound
    }
}

impl From<JwsError> for TokenError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::TooLarge => Self::TooLarge,
            JwsError::Malformed => Self::Malformed,
            JwsError::Header => Self::Header,
            JwsError::Algorithm => Self::Algorithm,
            JwsError::Key => Self::Key,
            JwsError::Signature => Self::Signature,
        }
    }
}

/// Why claims were not signed.
///
/// ```
/// use axum_scopes::{HmacKey, token::TokenSigner};
///
/// let signer = TokenSigner::hs256(&HmacKey::new([7; 32])?);
/// let error = signer.sign(&["johndoe"]).unwrap_err();
/// assert_eq!(error.to_string(), "claims are not a JSON object");
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Debug)]
pub struct SignError(pub(super) Reason);

#[derive(Debug)]
pub(super) enum Reason {
    NotAnObject,
    Serialize(serde_json::Error),
    Backend,
    #[cfg(feature = "login")]
    NoKey,
    #[cfg(feature = "login")]
    Random,
}

#[cfg(feature = "login")]
impl SignError {
    /// No key may sign now.
    pub(crate) const NO_KEY: Self = Self(Reason::NoKey);
    /// There are no random numbers.
    pub(crate) const RANDOM: Self = Self(Reason::Random);
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Reason::NotAnObject => "claims are not a JSON object",
            Reason::Serialize(_) => "claims could not be serialised",
            Reason::Backend => "the key could not sign",
            #[cfg(feature = "login")]
            Reason::NoKey => "no key may sign now",
            #[cfg(feature = "login")]
            Reason::Random => "there are no random numbers",
        })
    }
}

impl Error for SignError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Reason::Serialize(error) => Some(error),
            _ => None,
        }
    }
}
