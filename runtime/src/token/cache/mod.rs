//! The cache of verified tokens: a token and the keys that may have signed it in, whether one has out, without arithmetic
//! where that is known.
//!
//! What is kept is that a key has signed a token, as the digest of both, and nothing that depends on claims or configuration:
//! those are checked for each request anew.

mod table;

use std::sync::Arc;

use arrayvec::ArrayVec;

pub(super) use self::table::Digest;
use self::table::Table;
use super::{
    TokenVerifier, compact::Compact, error::TokenError, provider::sha256, verification_key::VerificationKey,
    verify::MOST_CANDIDATES,
};

/// What verified tokens are kept in, if they are. Copies share it.
#[derive(Clone, Default)]
pub(super) struct TokenCache(Option<Arc<Table>>);

/// A good signature: under what it is to be kept, if it is not yet.
pub(super) struct Signed(Option<Digest>);

impl TokenCache {
    /// For at most that many tokens.
    pub(super) fn new(entries: usize) -> Self {
        Self((entries > 0).then(|| Arc::new(Table::new(entries))))
    }

    /// As large, and with nothing in it.
    pub(super) fn emptied(&self) -> Self {
        Self(self.0.as_ref().map(|table| Arc::new(table.emptied())))
    }

    /// Whether one of `candidates`, places in `keys`, has signed the token.
    pub(super) fn signed(
        &self,
        keys: &[VerificationKey],
        candidates: &[usize],
        token: &Compact<'_>,
        signature: &[u8],
        now: f64,
    ) -> Result<Signed, TokenError> {
        let keys = candidates.iter().filter_map(|place| keys.get(*place));
        let candidates: ArrayVec<_, MOST_CANDIDATES> =
            keys.map(|key| (key, self.place_of(key, token))).take(MOST_CANDIDATES).collect();
        // All of them, before the first arithmetic.
        if candidates.iter().any(|(_, place)| place.as_ref().is_some_and(|(table, digest)| table.holds(digest, now))) {
            return Ok(Signed(None));
        }
        let is_signed = |key: &VerificationKey| key.is_signed(token.signed.as_bytes(), signature);
        let (_, place) = candidates.into_iter().find(|(key, _)| is_signed(key)).ok_or(TokenError::Signature)?;
        Ok(Signed(place.map(|(_, digest)| digest)))
    }

    /// The digest is that of key and token, so that there is nothing to be found with another key.
    fn place_of(&self, key: &VerificationKey, token: &Compact<'_>) -> Option<(&Table, Digest)> {
        // As long for every key, so that no other key and token look the same together.
        let (table, key) = (self.0.as_deref()?, key.fingerprint()?);
        Some((table, sha256(&[key, token.signed.as_bytes(), b".", token.signature.as_bytes()])))
    }

    /// For a token that has passed every rule.
    pub(super) fn keep(&self, Signed(new): Signed, exp: u64, now: f64) {
        if let (Some(table), Some(digest)) = (&self.0, new) {
            table.insert(digest, exp, now);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |table| table.len())
    }
}

impl TokenVerifier {
    /// Keeps for up to `tokens` accepted tokens that their signature is good, so that they are not verified with RSA, ECDSA
    /// or Ed25519 again. Off unless it is set, and with 0; at most 1,048,576.
    ///
    /// A token in the cache costs a SHA-256 instead of the signature's arithmetic; everything else is checked as without
    /// it, `exp`, `nbf`, `iss` and `aud` among it. Only accepted tokens get in: others neither fill it nor displace
    /// anything. An entry is a digest of the key and the whole token, encoded as it came. So with another key nothing is
    /// found, and one changed byte makes it another token. It is dropped at `exp`, without leeway.
    ///
    /// What it trades:
    ///
    /// - Memory, about 42 bytes for each of `tokens`. Where it is full, one that was not used for long goes. That is seen in
    ///   parts of 16, so give it room for twice as many as are in use at a time, and next to none goes too early.
    /// - The answer to a token that is in it comes sooner, which tells who has the token that it was used here.
    /// - A token that is used once costs the digest on top. With HMAC, nothing is kept: that costs no more than the digest.
    ///
    /// Copies share the cache; a copy that is configured further has one of its own, which is empty.
    ///
    /// ```
    /// # use axum_scopes::{Algorithm, KeyError, TokenVerifier, VerificationKey};
    /// # fn verifier(key: VerificationKey) -> TokenVerifier {
    /// TokenVerifier::new([key]).issuer("https://id.example.com").token_cache(10_000)
    /// # }
    /// ```
    #[must_use]
    pub fn token_cache(self, tokens: usize) -> Self {
        self.with_cache(TokenCache::new(tokens))
    }
}
