//! The cache of good signatures: a signed text and the keys that may have signed it in, whether one has out, without
//! arithmetic where that is known.
//!
//! What is kept is that a key has signed a text, as the digest of both, and nothing that depends on the payload or on
//! configuration: those are checked for each request anew.

mod table;

use std::sync::Arc;

use arrayvec::ArrayVec;

use self::table::Table;
use super::{
    error::JwsError,
    jws::Jws,
    provider::{Digest, sha256},
    verification_key::{MOST_CANDIDATES, VerificationKey},
};

/// What good signatures are kept in, if they are. Copies share it.
#[derive(Clone, Default)]
pub(crate) struct SignatureCache(Option<Arc<Table>>);

/// A good signature: under what it is to be kept, if it is not yet.
pub(crate) struct Signed(Option<Digest>);

impl SignatureCache {
    /// For at most that many.
    pub(crate) fn new(entries: usize) -> Self {
        Self((entries > 0).then(|| Arc::new(Table::new(entries))))
    }

    /// As large, and with nothing in it.
    pub(super) fn emptied(&self) -> Self {
        Self(self.0.as_ref().map(|table| Arc::new(table.emptied())))
    }

    /// Whether one of `candidates`, places in `keys`, has signed `jws`. `room` is for the signature, and its content goes.
    pub(super) fn signed(
        &self,
        keys: &[VerificationKey],
        candidates: &[usize],
        jws: &Jws<'_>,
        room: &mut Vec<u8>,
        now: f64,
    ) -> Result<Signed, JwsError> {
        let signature = jws.signature(room)?;
        let keys = candidates.iter().filter_map(|place| keys.get(*place));
        let candidates: ArrayVec<_, MOST_CANDIDATES> =
            keys.map(|key| (key, self.place_of(key, jws))).take(MOST_CANDIDATES).collect();
        // All of them, before the first arithmetic.
        if candidates.iter().any(|(_, place)| place.as_ref().is_some_and(|(table, digest)| table.holds(digest, now))) {
            return Ok(Signed(None));
        }
        let is_signed = |key: &VerificationKey| key.is_signed(jws.parts().signed.as_bytes(), signature);
        let (_, place) = candidates.into_iter().find(|(key, _)| is_signed(key)).ok_or(JwsError::Signature)?;
        Ok(Signed(place.map(|(_, digest)| digest)))
    }

    /// The digest is that of key and text, so that there is nothing to be found with another key.
    fn place_of(&self, key: &VerificationKey, jws: &Jws<'_>) -> Option<(&Table, Digest)> {
        let parts = jws.parts();
        // As long for every key, so that no other key and text look the same together.
        let (table, key) = (self.0.as_deref()?, key.fingerprint()?);
        Some((table, sha256(&[key, parts.signed.as_bytes(), b".", parts.signature.as_bytes()])))
    }

    /// Until then at most, in seconds since 1970.
    pub(super) fn keep(&self, Signed(new): Signed, until: u64, now: f64) {
        if let (Some(table), Some(digest)) = (&self.0, new) {
            table.insert(digest, until, now);
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |table| table.len())
    }
}
