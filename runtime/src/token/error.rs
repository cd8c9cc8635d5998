//! What can be wrong with claims and tokens: for logs, and never with anything of the token in it.

use std::{error::Error, fmt};

use crate::jose::error::JwsError;

/// Why a token is not believed.
///
/// It is for the service's logs. Tell the client no more than that its credentials could not be validated.
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
    /// More bytes than are read: [`max_token_size`](crate::TokenVerifier::max_token_size).
    TooLarge,
    /// Not three segments of unpadded base64url (RFC 7515 §7.1).
    Malformed,
    /// The header is not an object of members that are understood, each named once (RFC 7515 §4), or it has more
    /// commas (16), escapes (32) or brackets (8) in it than any that is in use.
    Header,
    /// Signed with another algorithm than the configured ones, or not signed at all.
    Algorithm,
    /// No configured key has the `kid` that the token names (RFC 7515 §4.1.4), or the token names none, and there are more than
    /// two that it could mean.
    Key,
    /// The signature is not that of a configured key.
    Signature,
    /// The claims are not a JSON object (RFC 7519 §7.2) in which each name stands once, or there is more nesting in them than
    /// is read.
    Claims,
    /// This claim is missing: `sub` and `exp` always have to be there, and more with
    /// [`rfc9068`](crate::TokenVerifier::rfc9068).
    MissingClaim(&'static str),
    /// This claim is not of its type (RFC 7519 §4.1).
    WrongClaim {
        /// Its name.
        claim: &'static str,
        /// What it is instead, as `a string`; never its value.
        found: &'static str,
    },
    /// `sub` is empty: the token is for nobody.
    EmptySubject,
    /// The claims are not what the claims type of the service reads.
    ClaimsType,
    /// `exp` has come (RFC 7519 §4.1.4).
    Expired,
    /// `nbf` has not come (RFC 7519 §4.1.5).
    NotYetValid,
    /// `iss` is not the configured issuer (RFC 7519 §4.1.1).
    Issuer,
    /// `aud` does not name the configured audience (RFC 7519 §4.1.3), or names one where none is configured.
    Audience,
    /// Unknown, expired or revoked (RFC 7662 §2.2): for verifiers that look a token up.
    Inactive,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "token is larger than is configured",
            Self::Malformed => "token is malformed",
            Self::Header => "token header is not supported",
            Self::Algorithm => "token is signed with another algorithm",
            Self::Key => "token names no key, or an unknown one",
            Self::Signature => "token signature is wrong",
            Self::Claims => "token claims are not a JSON object in which each name stands once",
            Self::MissingClaim(claim) => return write!(f, "token claim `{claim}` is missing"),
            Self::WrongClaim { claim, found } => {
                return write!(f, "token claim `{claim}` is of the wrong type: {found}");
            }
            Self::EmptySubject => "token claim `sub` is empty",
            Self::ClaimsType => "token claims are not of the service's claims type",
            Self::Expired => "token has expired",
            Self::NotYetValid => "token is not valid yet",
            Self::Issuer => "token is from another issuer",
            Self::Audience => "token is for another audience",
            Self::Inactive => "token is not active",
        })
    }
}

impl Error for TokenError {}

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
pub struct SignError(Reason);

#[derive(Debug)]
enum Reason {
    NotAnObject,
    Serialize(serde_json::Error),
    Backend,
}

impl SignError {
    pub(super) const NOT_AN_OBJECT: Self = Self(Reason::NotAnObject);
    pub(super) const BACKEND: Self = Self(Reason::Backend);

    pub(super) fn serialize(error: serde_json::Error) -> Self {
        Self(Reason::Serialize(error))
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Reason::NotAnObject => "claims are not a JSON object",
            Reason::Serialize(_) => "claims could not be serialised",
            Reason::Backend => "the key could not sign",
        })
    }
}

impl Error for SignError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Reason::Serialize(error) => Some(error),
            Reason::NotAnObject | Reason::Backend => None,
        }
    }
}
