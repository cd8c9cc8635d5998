//! The signature algorithms.

use std::{collections::HashSet, fmt};

/// A signature algorithm, by the name that headers give it (RFC 7518 §3.1, RFC 8037 §3.1). There is no `none`.
///
/// Tokens and keys may name Ed25519 by `EdDSA` or by `Ed25519` (RFC 9864 §2.2). Both mean [`EdDSA`](Self::EdDSA), because
/// this library has no other curve of that family.
///
/// ```
/// use axum_scopes::jose::Algorithm;
///
/// assert_eq!(Algorithm::ES256.to_string(), "ES256");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC with SHA-256.
    HS256,
    /// HMAC with SHA-384.
    HS384,
    /// HMAC with SHA-512.
    HS512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RS384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RS512,
    /// RSASSA-PSS with SHA-256.
    PS256,
    /// RSASSA-PSS with SHA-384.
    PS384,
    /// RSASSA-PSS with SHA-512.
    PS512,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// ECDSA on P-521 with SHA-512. The backend `rust_crypto` alone has no P-521: keys for it are refused with
    /// [`KeyError::Unsupported`](crate::jose::KeyError::Unsupported).
    ES512,
    /// Ed25519.
    EdDSA,
}

/// The kind of key that an algorithm uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Hmac,
    Rsa,
    Ec,
    Ed,
}

/// The name of Ed25519 that says which curve it is (RFC 9864 §2.2).
const FULLY_SPECIFIED: &str = "Ed25519";

impl Algorithm {
    /// All algorithms, to look one up by its name.
    pub(crate) const ALL: [Self; 13] = [
        Self::HS256,
        Self::HS384,
        Self::HS512,
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::ES512,
        Self::EdDSA,
    ];

    /// The value of the header parameter `alg`.
    ///
    /// ```
    /// assert_eq!(axum_scopes::jose::Algorithm::RS256.name(), "RS256");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::ES512 => "ES512",
            Self::EdDSA => "EdDSA",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.is_named(name))
    }

    /// Whether `name` is one of its names.
    pub(super) fn is_named(self, name: &str) -> bool {
        name == self.name() || (self == Self::EdDSA && name == FULLY_SPECIFIED)
    }

    pub(crate) const fn family(self) -> Family {
        match self {
            Self::HS256 | Self::HS384 | Self::HS512 => Family::Hmac,
            Self::RS256 | Self::RS384 | Self::RS512 | Self::PS256 | Self::PS384 | Self::PS512 => Family::Rsa,
            Self::ES256 | Self::ES384 | Self::ES512 => Family::Ec,
            Self::EdDSA => Family::Ed,
        }
    }

    /// The curve of its keys, as `crv` names it.
    pub(super) const fn curve(self) -> Option<&'static str> {
        match self {
            Self::ES256 => Some("P-256"),
            Self::ES384 => Some("P-384"),
            Self::ES512 => Some("P-521"),
            Self::EdDSA => Some("Ed25519"),
            _ => None,
        }
    }

    /// The bytes of an HMAC's hash. A signature has as many, and a secret at least as many (RFC 7518 §3.2).
    pub(crate) const fn hash_len(self) -> usize {
        match self {
            Self::HS384 => 48,
            Self::HS512 => 64,
            _ => 32,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Removes repeated algorithms. Otherwise one key would be bound twice and look like two keys with one `kid`.
pub(crate) fn distinct(algorithms: impl IntoIterator<Item = Algorithm>) -> Vec<Algorithm> {
    let mut seen = HashSet::new();
    algorithms.into_iter().filter(|algorithm| seen.insert(*algorithm)).collect()
}
