//! What can be wrong with keys, claims and tokens: for logs, and never with anything of the token in it.

use std::{error::Error, fmt};

/// Why a token is not believed.
///
/// It is for the service's logs. Tell the client no more than that its credentials could not be validated.
///
/// ```
/// use axum_scopes::{Claims, HmacKey, TokenError, TokenVerifier};
///
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
/// assert_eq!(verifier.verify("no token"), Err(TokenError::Malformed));
/// # Ok::<_, axum_scopes::KeyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenError {
    /// Not three segments of unpadded base64url (RFC 7515 §7.1), or longer than 16 KiB.
    Malformed,
    /// The header is not an object of members that are understood, each named once (RFC 7515 §4).
    Header,
    /// Signed with another algorithm than the configured one, or not signed at all.
    Algorithm,
    /// The signature is not that of the configured key.
    Signature,
    /// The claims are not an object that has `sub` and `exp` and every claim in its type (RFC 7519 §4.1), or not what
    /// the claims type of the service reads.
    Claims,
    /// `exp` has come (RFC 7519 §4.1.4).
    Expired,
    /// `nbf` has not come (RFC 7519 §4.1.5).
    NotYetValid,
    /// `iss` is not the configured issuer (RFC 7519 §4.1.1).
    Issuer,
    /// `aud` does not name the configured audience (RFC 7519 §4.1.3), or names one where none is configured.
    Audience,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "token is malformed",
            Self::Header => "token header is not supported",
            Self::Algorithm => "token is signed with another algorithm",
            Self::Signature => "token signature is wrong",
            Self::Claims => "token claims are missing or wrong",
            Self::Expired => "token has expired",
            Self::NotYetValid => "token is not valid yet",
            Self::Issuer => "token is from another issuer",
            Self::Audience => "token is for another audience",
        })
    }
}

impl Error for TokenError {}

/// Why something is not a key.
///
/// ```
/// use axum_scopes::{HmacKey, KeyError};
///
/// assert_eq!(HmacKey::new("").unwrap_err(), KeyError::TooShort);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyError {
    /// Fewer bytes than the algorithm needs.
    TooShort,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => f.write_str("an HMAC secret needs at least 32 bytes"),
        }
    }
}

impl Error for KeyError {}

/// Why claims were not signed.
///
/// ```
/// use axum_scopes::{HmacKey, TokenSigner};
///
/// let signer = TokenSigner::hs256(&HmacKey::new([7; 32])?);
/// let error = signer.sign(&["johndoe"]).unwrap_err();
/// assert_eq!(error.to_string(), "claims are not a JSON object");
/// # Ok::<_, axum_scopes::KeyError>(())
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
