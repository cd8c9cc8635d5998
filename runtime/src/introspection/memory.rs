//! What is remembered of tokens, by a digest: verdicts for a short time, and which tokens were accepted.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;
use zeroize::Zeroizing;

use super::{
    answer::{Answer, Verdict},
    error::IntrospectionError,
};
use crate::{
    jose::{
        cache::table::Table,
        provider::{Digest, sha256},
    },
    token::error::TokenError,
};

/// Larger answers are not kept, so that the number of entries bounds the memory.
const LARGEST: usize = 8 * 1024;
/// How many accepted tokens are known, at least.
const KNOWN: usize = 10_000;
/// For how long an accepted token is known.
const LONGEST_KNOWN: Duration = Duration::from_secs(24 * 60 * 60);

/// The size of a cache, and the longest time that an entry lives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kept {
    pub(super) tokens: usize,
    pub(super) ttl: Duration,
}

pub(super) struct Memory {
    /// Random, so that nobody can choose tokens that displace others, and no digest says anything about a token elsewhere.
    key: Zeroizing<[u8; 32]>,
    start: Instant,
    active: Cache<Arc<Answer>>,
    /// A table of its own, so that a flood of inactive tokens displaces no good one.
    refused: Cache<TokenError>,
    known: Table,
}

struct Cache<V>(Option<Table<V>>, Duration);

impl<V: Clone> Cache<V> {
    fn new(Kept { tokens, ttl }: Kept) -> Self {
        Self((tokens > 0 && !ttl.is_zero()).then(|| Table::new(tokens)), ttl)
    }

    fn get(&self, digest: &Digest, now: Duration) -> Option<V> {
        self.0.as_ref()?.get(digest, millis(now) as f64)
    }

    fn insert(&self, digest: Digest, value: V, longest: Duration, now: Duration) {
        if let Some(table) = &self.0 {
            table.insert(digest, value, millis(now.saturating_add(longest.min(self.1))), millis(now) as f64);
        }
    }
}

impl Memory {
    pub(super) fn new(active: Kept, refused: Kept) -> Result<Self, IntrospectionError> {
        let mut key = Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(&mut *key).map_err(|_| IntrospectionError::Random)?;
        Ok(Self {
            key,
            start: Instant::now(),
            active: Cache::new(active),
            refused: Cache::new(refused),
            known: Table::new(active.tokens.max(KNOWN)),
        })
    }

    /// Under which a token is remembered.
    pub(super) fn digest(&self, token: &str) -> Digest {
        // The key has one length, so that no other key and token have the same input.
        sha256(&[&*self.key, token.as_bytes()])
    }

    /// The verdict, if it is still remembered.
    pub(super) fn verdict(&self, digest: &Digest) -> Option<Verdict> {
        if self.active.0.is_none() && self.refused.0.is_none() {
            return None;
        }
        let now = self.start.elapsed();
        let active = self.active.get(digest, now).map(Verdict::Active);
        active.or_else(|| self.refused.get(digest, now).map(Verdict::Refused))
    }

    /// Whether the token was accepted before.
    pub(super) fn knows(&self, digest: &Digest) -> bool {
        self.known.holds(digest, millis(self.start.elapsed()) as f64)
    }

    /// Remembers an accepted token, which expires `lifetime` from now.
    pub(super) fn keep(&self, digest: Digest, answer: Arc<Answer>, lifetime: Duration) {
        let now = self.start.elapsed();
        let known_until = millis(now.saturating_add(lifetime.min(LONGEST_KNOWN)));
        self.known.insert(digest, (), known_until, millis(now) as f64);
        if answer.len() <= LARGEST {
            self.active.insert(digest, answer, lifetime, now);
        }
    }

    /// Remembers a token that is no good.
    pub(super) fn refuse(&self, digest: Digest, error: TokenError) {
        self.refused.insert(digest, error, Duration::MAX, self.start.elapsed());
    }
}

/// Rounded down, so that no entry lives too long.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Kept, Memory, millis};
    use std::time::Duration;

    #[test]
    fn a_digest_is_of_one_verifier() {
        let [one, other] = [(); 2].map(|()| Memory::new(Kept::default(), Kept::default()));
        let (Ok(one), Ok(other)) = (one, other) else { unreachable!("there are random numbers") };
        assert_eq!(one.digest("token"), one.digest("token"));
        assert_ne!(one.digest("token"), one.digest("toke"));
        assert_ne!(one.digest("token"), other.digest("token"));
    }

    #[test]
    fn times_are_rounded_down() {
        assert_eq!(millis(Duration::from_micros(1999)), 1);
        assert_eq!(millis(Duration::MAX), u64::MAX);
    }
}
