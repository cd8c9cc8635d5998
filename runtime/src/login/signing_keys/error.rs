//! Why signing keys are refused. Nothing of a key is in it but its `kid`.

use std::{error::Error, fmt};

use crate::jose::error::KeyError;

/// Why signing keys are refused.
///
/// ```
/// use axum_scopes::login::{SigningKeys, SigningKeysError};
///
/// assert_eq!(SigningKeys::from_jwks(r#"{"keys": []}"#).unwrap_err(), SigningKeysError::NoneSigns);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningKeysError {
    /// The text is no JWK Set (RFC 7517 §5): malformed JSON, or a repeated member.
    Malformed,
    /// A key is refused.
    Key {
        /// Its place in the set, from 0.
        index: usize,
        /// Why.
        source: KeyError,
    },
    /// A key lacks `kid`, `nbf` or `exp`, or has it in another type: `kid` is a text, and dates are whole seconds since 1970.
    Member {
        /// The place of the key in the set, from 0.
        index: usize,
        /// The member.
        member: &'static str,
    },
    /// The key ends before it begins: `exp` is not after `nbf`.
    Dates {
        /// The key.
        kid: String,
    },
    /// Two keys have the same `kid`, or it was the `kid` of another key before.
    DuplicateId {
        /// The `kid` of both.
        kid: String,
    },
    /// No key may sign now.
    NoneSigns,
    /// When this key ends, no key may sign until the next one begins.
    Gap {
        /// The key before the gap.
        kid: String,
    },
    /// The key is new, and would sign before all copies of the JWK Set without it have left the caches.
    TooSoon {
        /// The key.
        kid: String,
        /// The earliest `nbf` that it can have, in seconds since 1970.
        earliest: u64,
    },
}

impl fmt::Display for SigningKeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the signing keys are no JWK Set"),
            Self::Key { index, .. } => write!(f, "the signing key at index {index} is refused"),
            Self::Member { index, member } => {
                write!(f, "the signing key at index {index} lacks `{member}`, or has it in another type")
            }
            Self::Dates { kid } => write!(f, "the signing key `{kid}` ends before it begins"),
            Self::DuplicateId { kid } => write!(f, "two signing keys have the `kid` `{kid}`"),
            Self::NoneSigns => f.write_str("no signing key may sign now"),
            Self::Gap { kid } => write!(f, "after the signing key `{kid}` none may sign for a while"),
            Self::TooSoon { kid, earliest } => {
                write!(f, "the signing key `{kid}` is new, so it may sign from {earliest} on at the earliest")
            }
        }
    }
}

impl Error for SigningKeysError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Key { source, .. } => Some(source),
            _ => None,
        }
    }
}
