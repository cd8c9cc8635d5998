//! The keys of a verifier: takes a signed text, checks that one of the keys has signed it. The header chooses among these
//! keys and cannot add another.

use arrayvec::ArrayVec;
use base64::encoded_len;

use super::{
    algorithm::Family,
    cache::{SignatureCache, Signed},
    error::JwsError,
    header::Header,
    jws::Jws,
    known_headers::KnownHeaders,
    verification_key::{MOST_CANDIDATES, VerificationKey},
};

/// Indices into the list of keys.
type Candidates = ArrayVec<usize, MOST_CANDIDATES>;

/// Keys, with the headers and signatures that they have verified.
#[derive(Clone)]
pub(crate) struct KeyRing {
    keys: Vec<VerificationKey>,
    known: KnownHeaders,
    /// Other rings may share it: its entries say only which key has signed which text, and skip no rule.
    pub(crate) cache: SignatureCache,
}

impl KeyRing {
    pub(crate) fn new(keys: Vec<VerificationKey>) -> Self {
        Self { keys, known: KnownHeaders::default(), cache: SignatureCache::default() }
    }

    /// Checks that one of the keys has signed `jws`, and that `accepts` accepts its header. Accepted headers are
    /// remembered: a caller whose rules change must call [`forget`](Self::forget).
    ///
    /// `now` is in seconds since 1970. The signature is decoded into `buffer`.
    pub(crate) fn verify(
        &self,
        jws: &Jws<'_>,
        buffer: &mut Vec<u8>,
        now: f64,
        accepts: impl Fn(&Header<'_>) -> bool,
    ) -> Result<Signed, JwsError> {
        let encoded = jws.parts().header;
        let known = self.known.key_of(encoded);
        let first = known.or_else(|| self.only_secret_for(jws));
        let candidates = match first {
            Some(key) => Candidates::from_iter([key]),
            None => self.candidates(jws.header()?, &accepts)?,
        };
        let signed = self.cache.verify(&self.keys, &candidates, jws, buffer, now)?;
        if known.is_none() {
            if first.is_some() {
                // A good signature is not enough.
                self.candidates(jws.header()?, accepts)?;
            }
            if let [only] = *candidates {
                self.known.add(encoded, only);
            }
        }
        Ok(signed)
    }

    /// The only key, if it is a secret whose signatures are as long as this one. It is tried before the header is parsed, because
    /// an HMAC costs less. A signature of another length is of another algorithm, and the header tells which.
    fn only_secret_for(&self, jws: &Jws<'_>) -> Option<usize> {
        let [key] = &*self.keys else { return None };
        let algorithm = key.algorithm();
        let has_its_length = encoded_len(algorithm.hash_len(), false) == Some(jws.parts().signature.len());
        (algorithm.family() == Family::Hmac && has_its_length).then_some(0)
    }

    /// The keys that may have signed a text with this header, at least one.
    fn candidates(
        &self,
        header: &Header<'_>,
        accepts: impl FnOnce(&Header<'_>) -> bool,
    ) -> Result<Candidates, JwsError> {
        let algorithm = header.algorithm().ok_or(JwsError::Algorithm)?;
        let has_algorithm = |key: &VerificationKey| key.algorithm() == algorithm;
        if !self.keys.iter().any(has_algorithm) {
            return Err(JwsError::Algorithm);
        }
        if !accepts(header) {
            return Err(JwsError::Header);
        }
        let matching = |matches: &dyn Fn(&VerificationKey) -> bool| {
            let keys = self.keys.iter().enumerate().filter(|(_, key)| has_algorithm(key) && matches(key));
            let mut candidates = Candidates::new();
            for (place, _) in keys {
                candidates.try_push(place).map_err(|_| JwsError::Key)?;
            }
            Ok(candidates)
        };
        let candidates = match header.kid() {
            // A key without a `kid` may be the one that the header names.
            Some(kid) => match matching(&|key| key.kid() == Some(kid))? {
                named if named.is_empty() => matching(&|key| key.kid().is_none())?,
                named => named,
            },
            None => matching(&|_| true)?,
        };
        if candidates.is_empty() { Err(JwsError::Key) } else { Ok(candidates) }
    }

    /// Remembers a good signature until `until`, in seconds since 1970. To be called only for a text that has passed
    /// every rule of the caller.
    pub(crate) fn keep(&self, signed: Signed, until: u64, now: f64) {
        self.cache.keep(signed, until, now);
    }

    /// The only issuer whose texts the key of a good signature may sign, if it has one.
    pub(crate) fn issuer_of(&self, signed: &Signed) -> Option<&str> {
        self.keys.get(signed.key)?.issuer()
    }

    /// Forgets every header and every signature.
    pub(crate) fn forget(&mut self) {
        self.known = KnownHeaders::default();
        self.cache = self.cache.emptied();
    }

    pub(crate) fn keys(&self) -> &[VerificationKey] {
        &self.keys
    }

    #[cfg(test)]
    pub(crate) fn knows(&self, header: &str) -> bool {
        self.known.key_of(header).is_some()
    }
}
