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
    /// Fewer bytes than the algorithm needs (RFC 7518 §3.2).
    TooShort,
    /// A secret that is in public lists: an example of documentation, or a guess of attackers.
    Public,
    /// Not a JSON object that is read: malformed, a member twice, or one that has not its type.
    Malformed,
    /// This member of a JSON Web Key is missing, or is not unpadded base64url of bytes (RFC 7518 §6).
    Member(&'static str),
    /// Not a key at all: bytes that are none in PEM or DER, numbers that are none of a key's, a point that is not on its curve.
    Invalid,
    /// A key for another algorithm, or of another type or curve.
    WrongAlgorithm,
    /// `use` or `key_ops` is for something else (RFC 7517 §4.2, §4.3).
    WrongUse,
    /// An RSA modulus of fewer than 2048 or more than 8192 bits; with the backend `rust_crypto`, than 4096.
    Size,
    /// An RSA modulus whose factors can be found, since a chip made it that was known for that (CVE-2017-15361).
    Factorable,
    /// A private key, which has no place where tokens are verified.
    Private,
    /// Two keys of a set have the same `kid` (RFC 7517 §4.5).
    DuplicateId,
    /// A secret in a set with public keys.
    Mixed,
    /// A set without a key for these algorithms.
    Empty,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "the secret is too short: HS256 needs 32 bytes, HS384 48, HS512 64",
            Self::Public => "the secret is publicly known",
            Self::Malformed => "the key is not a JSON object whose members have their types, each named once",
            Self::Member(name) => return write!(f, "the key's member `{name}` is missing or not base64url"),
            Self::Invalid => "not a key: its form or its numbers are not those of one",
            Self::WrongAlgorithm => "the key is for another algorithm",
            Self::WrongUse => "the key is not for verifying signatures",
            Self::Size => "an RSA key has 2048 to 8192 bits, or to 4096 with the backend `rust_crypto`",
            Self::Factorable => "the RSA key can be factored (CVE-2017-15361)",
            Self::Private => "a private key where a public one belongs",
            Self::DuplicateId => "two keys have the same `kid`",
            Self::Mixed => "the set has a secret beside public keys",
            Self::Empty => "the set has no key for these algorithms",
        })
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
