//! The errors of signatures and keys. They are for logs and contain nothing of a text or a key.

use std::{error::Error, fmt};

/// Why a signed text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JwsError {
    /// The text has more bytes than the caller allows.
    TooLarge,
    /// The text is not three segments of unpadded base64url (RFC 7515 §7.1).
    Malformed,
    /// The header is not supported (RFC 7515 §4), costs too much to parse, or is refused by the caller.
    Header,
    /// No key has the algorithm that the header names.
    Algorithm,
    /// No key has the `kid` that the header names, or too many keys match the header.
    Key,
    /// The signature does not match a key.
    Signature,
}

/// Why a key or a key set is refused.
///
/// ```
/// use axum_scopes::{HmacKey, jose::KeyError};
///
/// assert_eq!(HmacKey::new("").unwrap_err(), KeyError::TooShort);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyError {
    /// The secret has fewer bytes than the algorithm needs (RFC 7518 §3.2).
    TooShort,
    /// The secret is in a public list of weak secrets, for example because documentation shows it.
    Public,
    /// The JSON is malformed, repeats a member, or has a member of the wrong type.
    Malformed,
    /// This member of a JSON Web Key is missing, or is not unpadded base64url (RFC 7518 §6).
    Member(&'static str),
    /// The encoding or the numbers are not those of a key: malformed PEM or DER, an even modulus, a point off its curve.
    Invalid,
    /// The key is for another algorithm, or has another type or curve.
    WrongAlgorithm,
    /// `use` or `key_ops` does not allow verifying signatures, or signing for a private key (RFC 7517 §4.2, §4.3).
    WrongUse,
    /// The RSA modulus has fewer than 2048 bits, or more than 8192; with the backend `rust_crypto`, more than 4096.
    Size,
    /// The RSA modulus can be factored, because a vulnerable chip made it (CVE-2017-15361).
    Factorable,
    /// The key is private. A verifier needs only the public key.
    Private,
    /// The private members of the key do not belong to its public ones.
    Mismatch,
    /// Two keys of a set have the same `kid` (RFC 7517 §4.5).
    DuplicateId,
    /// The set has a secret beside public keys.
    Mixed,
    /// The set has no key for these algorithms.
    Empty,
    /// The enabled backend does not have the algorithm: ES512 needs `aws_lc_rs`. Or no keys are made for it.
    Unsupported,
    /// The operating system has no random numbers for a new key.
    Random,
    /// The member `issuer` of the key names another issuer, or is no text. Keys of Microsoft Entra have it.
    Issuer,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "the secret is too short: HS256 needs 32 bytes, HS384 48, HS512 64",
            Self::Public => "the secret is publicly known",
            Self::Malformed => "the key is malformed JSON, repeats a member, or has a member of the wrong type",
            Self::Member(name) => return write!(f, "the key's member `{name}` is missing or not base64url"),
            Self::Invalid => "the key is invalid: its encoding or its numbers are wrong",
            Self::WrongAlgorithm => "the key is for another algorithm",
            Self::WrongUse => "the key is not for this use: verifying signatures, or signing",
            Self::Size => "an RSA key must have 2048 to 8192 bits, at most 4096 with the backend `rust_crypto`",
            Self::Factorable => "the RSA key can be factored (CVE-2017-15361)",
            Self::Private => "the key is a private key, but a public key is needed",
            Self::Mismatch => "the private members of the key do not belong to its public ones",
            Self::DuplicateId => "two keys have the same `kid`",
            Self::Mixed => "the set has a secret beside public keys",
            Self::Empty => "the set has no key for these algorithms",
            Self::Unsupported => "the enabled backend does not have the algorithm",
            Self::Random => "there are no random numbers for a new key",
            Self::Issuer => "the key is of another issuer",
        })
    }
}

impl Error for KeyError {}

#[cfg(test)]
mod tests {
    use super::KeyError;

    #[test]
    fn the_message_says_what_is_wrong_with_the_key() {
        assert_eq!(KeyError::Member("crv").to_string(), "the key's member `crv` is missing or not base64url");
        assert_eq!(KeyError::Private.to_string(), "the key is a private key, but a public key is needed");
    }
}
