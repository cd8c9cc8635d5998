//! Identifies keys: takes a key's bytes and its algorithm, yields a digest of both.

use super::{
    algorithm::Algorithm,
    material::Material,
    provider::{Digest, sha256},
};

/// The digest of a key and its algorithm. A secret has none, because an attacker could test guesses against its digest.
pub(super) fn of(material: &Material<'_>, algorithm: Algorithm) -> Option<Digest> {
    let (first, second): (&[u8], &[u8]) = match material {
        Material::Secret(_) => return None,
        Material::Rsa { n, e } => (n, e),
        Material::Ec(bytes) | Material::Ed(bytes) => (bytes, &[]),
    };
    // The length separates the two parts, so that no two keys have the same input.
    let end = (first.len() as u64).to_be_bytes();
    Some(sha256(&[algorithm.name().as_bytes(), &[0], &end, first, second]))
}
