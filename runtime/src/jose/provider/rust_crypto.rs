//! Verifying with RustCrypto, as jsonwebtoken does it.

use jsonwebtoken::DecodingKey;
use sha2::{Digest, Sha256};

use super::signing::{DEFAULT_PROVIDER, id};
use crate::jose::{algorithm::Algorithm, material::Material};

/// A key that is known to be one. What verifies with it cannot leave its thread, so it is made anew for each token.
pub(in crate::jose) struct Verifier {
    algorithm: jsonwebtoken::Algorithm,
    key: DecodingKey,
}

impl Verifier {
    /// `None` for what is no key of the algorithm: among others, a point that is not on the curve.
    pub(in crate::jose) fn new(algorithm: Algorithm, material: &Material<'_>) -> Option<Self> {
        let verifier = Self { algorithm: id(algorithm), key: material.decoding_key() };
        (DEFAULT_PROVIDER.verifier_factory)(&verifier.algorithm, &verifier.key).ok()?;
        Some(verifier)
    }

    /// Compares in constant time.
    pub(in crate::jose) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        (DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &self.key)
            .is_ok_and(|verifier| verifier.verify(message, &signature.to_vec()).is_ok())
    }
}

/// Of the parts, one after the other.
pub(in crate::jose) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}
