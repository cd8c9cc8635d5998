//! What tells keys apart: a key's bytes and its algorithm in, a digest of both out.

use super::{
    algorithm::Algorithm,
    material::Material,
    provider::{Digest, sha256},
};

/// One for each key and algorithm. A secret has none: even its digest would be material to guess it by.
pub(super) fn of(material: &Material<'_>, algorithm: Algorithm) -> Option<Digest> {
    let (first, second): (&[u8], &[u8]) = match material {
        Material::Secret(_) => return None,
        Material::Rsa { n, e } => (n, e),
        Material::Ec(bytes) | Material::Ed(bytes) => (bytes, &[]),
    };
    // Where each part ends is part of it.
    let end = (first.len() as u64).to_be_bytes();
    Some(sha256(&[algorithm.name().as_bytes(), &[0], &end, first, second]))
}
