//! Verifies with RustCrypto by way of jsonwebtoken.

use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
#[cfg(feature = "login")]
use zeroize::Zeroizing;

use super::signing::{self, DEFAULT_PROVIDER, id};
#[cfg(feature = "login")]
use crate::jose::hmac_key::HmacKey;
use crate::jose::{algorithm::Algorithm, material::Material, private::Private};

/// A checked key. jsonwebtoken's verifier is bound to its thread, so one is made for each token.
pub(in crate::jose) struct Verifier {
    algorithm: jsonwebtoken::Algorithm,
    key: DecodingKey,
}

impl Verifier {
    /// `None` if it is not a key of the algorithm, for example a point off the curve.
    pub(in crate::jose) fn new(algorithm: Algorithm, material: &Material<'_>) -> Option<Self> {
        let verifier = Self { algorithm: id(algorithm)?, key: material.decoding_key() };
        (DEFAULT_PROVIDER.verifier_factory)(&verifier.algorithm, &verifier.key).ok()?;
        Some(verifier)
    }

    /// Compares in constant time.
    pub(in crate::jose) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        (DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &self.key)
            .is_ok_and(|verifier| verifier.verify(message, &signature.to_vec()).is_ok())
    }
}

/// A private key, whose memory jsonwebtoken overwrites. Its signer is bound to its thread, so one is made for each signature.
pub(in crate::jose) struct Signer {
    algorithm: Algorithm,
    key: EncodingKey,
}

impl Signer {
    /// `None` if it is no private key of the algorithm. Whether it belongs to `public` shows when it signs.
    pub(in crate::jose) fn new(algorithm: Algorithm, public: &Material<'_>, private: &Private<'_>) -> Option<Self> {
        let der = private.der(public)?;
        let key = match private {
            Private::Scalar(_) => EncodingKey::from_ec_der(&der),
            Private::Seed(_) => EncodingKey::from_ed_der(&der),
            Private::Rsa(_) => EncodingKey::from_rsa_der(&der),
        };
        signing::signer(algorithm, &key).ok()?;
        Some(Self { algorithm, key })
    }

    pub(in crate::jose) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        signing::signer(self.algorithm, &self.key).ok()?.try_sign(message).ok()
    }
}

/// The SHA-256 of the concatenated parts.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// The HMAC with SHA-256 (RFC 2104) of the concatenated parts.
#[cfg(feature = "login")]
pub(crate) fn hmac_sha256(key: &HmacKey, parts: &[&[u8]]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let mut inner = Zeroizing::new([0x36; BLOCK]);
    let mut outer = Zeroizing::new([0x5c; BLOCK]);
    let hash_of_long;
    let secret = if key.secret().len() > BLOCK {
        hash_of_long = Zeroizing::new(sha256(&[key.secret()]));
        &hash_of_long[..]
    } else {
        key.secret()
    };
    for (at, byte) in secret.iter().enumerate() {
        inner[at] ^= byte;
        outer[at] ^= byte;
    }
    let mut hash = Sha256::new();
    hash.update(*inner);
    parts.iter().for_each(|part| hash.update(part));
    sha256(&[&*outer, &hash.finalize()])
}
