//! Thumbprints of public keys (RFC 7638): takes a key's bytes, yields the digest by which tokens name the key.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{algorithm::Algorithm, material::Material, provider::sha256};

/// The SHA-256 thumbprint of a public key (RFC 7638 §3). A token that is bound to the key names it as `jkt` in its claim `cnf`
/// (RFC 9449 §6.1).
///
/// It is not secret. `Display` writes it as base64url without padding.
///
/// ```
/// use axum_scopes::jose::{Algorithm, VerificationKey};
///
/// // RFC 8037 appendix A.3
/// let key = VerificationKey::from_jwk(
///     Algorithm::EdDSA,
///     r#"{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
/// )?;
/// assert_eq!(key.thumbprint().unwrap().to_string(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thumbprint(pub(crate) [u8; 32]);

impl Thumbprint {
    /// The bytes of the digest.
    ///
    /// ```
    /// # use axum_scopes::jose::{Algorithm, VerificationKey};
    /// # let jwk = r#"{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    /// let thumbprint = VerificationKey::from_jwk(Algorithm::EdDSA, jwk)?.thumbprint().unwrap();
    /// assert_eq!(thumbprint.as_bytes()[..2], [0x90, 0xfa]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thumbprint({self})")
    }
}

/// The thumbprint of a public key. A secret has none.
pub(super) fn of(material: &Material<'_>, algorithm: Algorithm) -> Option<Thumbprint> {
    members(material, algorithm).map(|members| Thumbprint(sha256(&[members.as_bytes()])))
}

/// The required members of a public key, as JSON in their order (RFC 7638 §3.2, RFC 8037 §2). Each key has them, because its bytes are
/// encoded anew and [`Material::check`] refuses leading zeros. A secret has none.
pub(super) fn members(material: &Material<'_>, algorithm: Algorithm) -> Option<String> {
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Some(match material {
        Material::Secret(_) => return None,
        Material::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, encoded(e), encoded(n)),
        Material::Ed(x) => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, encoded(x)),
        Material::Ec(point) => {
            let crv = algorithm.curve()?;
            let (x, y) = point.get(1..)?.split_at(point.len() / 2);
            format!(r#"{{"crv":"{crv}","kty":"EC","x":"{}","y":"{}"}}"#, encoded(x), encoded(y))
        }
    })
}
