//! The cache of good signatures: takes a signed text and its candidate keys, checks the signature, and verifies it only if
//! the cache does not have it.
//!
//! An entry is the digest of a key and a text that it has signed. The payload and the configuration are checked for each
//! request.

pub(crate) mod table;

use std::sync::Arc;

use arrayvec::ArrayVec;

use self::table::Table;
use super::{
    error::JwsError,
    jws::Jws,
    provider::{Digest, sha256},
    verification_key::{MOST_CANDIDATES, VerificationKey},
};

/// A cache of good signatures, or none. Copies share it.
#[derive(Clone, Default)]
pub(crate) struct SignatureCache(Option<Arc<Table>>);

/// A good signature.
pub(crate) struct Signed {
    /// The index of the key that has made it.
    pub(super) key: usize,
    /// The digest to be kept, unless the cache has it already.
    new: Option<Digest>,
}

impl SignatureCache {
    /// A cache for at most `entries` signatures; none for 0.
    pub(crate) fn new(entries: usize) -> Self {
        Self((entries > 0).then(|| Arc::new(Table::new(entries))))
    }

    /// An empty cache of the same size.
    pub(super) fn emptied(&self) -> Self {
        Self(self.0.as_ref().map(|table| Arc::new(table.emptied())))
    }

    /// Checks that one of `candidates`, indices into `keys`, has signed `jws`. The signature is decoded into `buffer`.
    pub(super) fn verify(
        &self,
        keys: &[VerificationKey],
        candidates: &[usize],
        jws: &Jws<'_>,
        buffer: &mut Vec<u8>,
        now: f64,
    ) -> Result<Signed, JwsError> {
        let signature = jws.signature(buffer)?;
        let mut keys = candidates.iter().filter_map(|&index| Some((index, keys.get(index)?))).take(MOST_CANDIDATES);
        let is_signed = |key: &VerificationKey| {
            #[cfg(test)]
            super::tests::work::add_one(&super::tests::work::VERIFICATIONS);
            key.is_signed(jws.parts().signing_input.as_bytes(), signature)
        };
        if self.0.is_none() {
            let (key, _) = keys.find(|(_, key)| is_signed(key)).ok_or(JwsError::Signature)?;
            return Ok(Signed { key, new: None });
        }
        let candidates: ArrayVec<_, MOST_CANDIDATES> =
            keys.map(|(index, key)| (index, key, self.place_of(key, jws))).collect();
        // Look all of them up before verifying with any.
        let is_held =
            |place: &Option<(&Table, Digest)>| place.as_ref().is_some_and(|(table, digest)| table.holds(digest, now));
        if let Some((key, ..)) = candidates.iter().find(|(.., place)| is_held(place)) {
            return Ok(Signed { key: *key, new: None });
        }
        let (key, _, place) = candidates.into_iter().find(|(_, key, _)| is_signed(key)).ok_or(JwsError::Signature)?;
        Ok(Signed { key, new: place.map(|(_, digest)| digest) })
    }

    /// The table, and the digest of key and text. With another key, nothing is found under it.
    fn place_of(&self, key: &VerificationKey, jws: &Jws<'_>) -> Option<(&Table, Digest)> {
        let parts = jws.parts();
        // Fingerprints have one length, so that no other key and text have the same input.
        let (table, key) = (self.0.as_deref()?, key.fingerprint()?);
        Some((table, sha256(&[key, parts.signing_input.as_bytes(), b".", parts.signature.as_bytes()])))
    }

    /// Keeps a signature until `until`, in seconds since 1970.
    pub(super) fn keep(&self, Signed { new, .. }: Signed, until: u64, now: f64) {
        if let (Some(table), Some(digest)) = (&self.0, new) {
            table.insert(digest, (), until, now);
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |table| table.len())
    }
}
