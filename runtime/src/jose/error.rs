//! What can be wrong with signatures and keys: for logs, and never with anything of them in it.

use std::{error::Error, fmt};

/// Why a signature is not a good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JwsError {
    /// More bytes than the caller reads.
    TooLarge,
    /// Not three segments of unpadded base64url (RFC 7515 §7.1).
    Malformed,
    /// The header is not one that is understood (RFC 7515 §4), or is too much work, or the caller does not accept it.
    Header,
    /// No key is for the algorithm that the header names.
    Algorithm,
    /// No key has the `kid` that the header names, or too many keys could be meant.
    Key,
    /// The signature is not that of the key.
    Signature,
}

/// Why something is not a key.
///
/// ```
/// use axum_scopes::{HmacKey, jose::KeyError};
///
/// assert_eq!(HmacKey::new("").unwrap_err(), KeyError::TooShort);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
