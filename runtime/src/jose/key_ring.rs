//! The keys of a verifier: a signed text in, whether one of them has signed it out. The header chooses among them, and
//! nothing that it says brings another.

use arrayvec::ArrayVec;

use super::{
    cache::{SignatureCache, Signed},
    error::JwsError,
    header::Header,
    jws::Jws,
    known_headers::KnownHeaders,
    verification_key::{MOST_CANDIDATES, VerificationKey},
};

/// Places of keys in their list.
type Candidates = ArrayVec<usize, MOST_CANDIDATES>;

/// Keys, and what is remembered of what they have signed.
#[derive(Clone)]
pub(crate) struct KeyRing {
    keys: Vec<VerificationKey>,
    known: KnownHeaders,
    cache: SignatureCache,
}

impl KeyRing {
    pub(crate) fn new(keys: Vec<VerificationKey>) -> Self {
        Self { keys, known: KnownHeaders::default(), cache: SignatureCache::default() }
    }

    /// Whether one of the keys has signed `jws`, whose header `accepts` has to accept. `accepts` is not asked again about a
    /// header that is known: a caller whose rules change calls [`forget`](Self::forget).
    ///
    /// `now` is in seconds since 1970; `room` is for the signature, and its content goes.
    pub(crate) fn verify(
        &self,
        jws: &Jws<'_>,
        room: &mut Vec<u8>,
        now: f64,
        accepts: impl FnOnce(&Header<'_>) -> bool,
    ) -> Result<Signed, JwsError> {
        let encoded = jws.parts().header;
        if let Some(key) = self.known.key_of(encoded) {
            return self.cache.signed(&self.keys, &[key], jws, room, now);
        }
        let candidates = self.candidates(jws.header()?, accepts)?;
        let signed = self.cache.signed(&self.keys, &candidates, jws, room, now)?;
        if let [only] = *candidates {
            self.known.note(encoded, only);
        }
        Ok(signed)
    }

    /// The keys that may have signed a text with this header: one, or a few.
    fn candidates(
        &self,
        header: &Header<'_>,
        accepts: impl FnOnce(&Header<'_>) -> bool,
    ) -> Result<Candidates, JwsError> {
        let algorithm = header.algorithm().ok_or(JwsError::Algorithm)?;
        let suits = |key: &VerificationKey| key.algorithm() == algorithm;
        if !self.keys.iter().any(suits) {
            return Err(JwsError::Algorithm);
        }
        if !accepts(header) {
            return Err(JwsError::Header);
        }
        let that = |is_meant: &dyn Fn(&VerificationKey) -> bool| {
            let keys = self.keys.iter().enumerate().filter(|(_, key)| suits(key) && is_meant(key));
            let mut candidates = Candidates::new();
            for (place, _) in keys {
                candidates.try_push(place).map_err(|_| JwsError::Key)?;
            }
            Ok(candidates)
        };
        let candidates = match header.key_id() {
            // A key without a name may be the one that the header names.
            Some(id) => match that(&|key| key.kid() == Some(id))? {
                named if named.is_empty() => that(&|key| key.kid().is_none())?,
                named => named,
            },
            None => that(&|_| true)?,
        };
        if candidates.is_empty() { Err(JwsError::Key) } else { Ok(candidates) }
    }

    /// Remembers a good signature until then at most, in seconds since 1970. The caller does that for texts that have
    /// passed every rule of its own.
    pub(crate) fn keep(&self, signed: Signed, until: u64, now: f64) {
        self.cache.keep(signed, until, now);
    }

    /// Forgets every header and every signature.
    pub(crate) fn forget(&mut self) {
        self.known = KnownHeaders::default();
        self.cache = self.cache.emptied();
    }

    /// Other rings may have the cache, too: what is in it is about keys and texts, and no rule is skipped for it.
    pub(crate) fn set_cache(&mut self, cache: SignatureCache) {
        self.cache = cache;
    }

    pub(crate) fn keys(&self) -> &[VerificationKey] {
        &self.keys
    }

    #[cfg(test)]
    pub(crate) fn cache(&self) -> &SignatureCache {
        &self.cache
    }

    #[cfg(test)]
    pub(crate) fn knows(&self, header: &str) -> bool {
        self.known.key_of(header).is_some()
    }
}
