//! Used proofs in the memory of one process, within bounds for all clients and for each.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    sync::{Mutex, PoisonError},
};

use super::replay::ReplayStore;
use crate::error::StoreError;
use crate::token::verify::now;

/// About 25 MB at most.
const ENTRIES: usize = 1 << 18;
/// The part of the room that one client may fill.
const SHARES: usize = 16;
/// At most so many old entries go with each new one, so that no request pays for many others.
const FORGOTTEN_AT_ONCE: usize = 32;

/// A [`ReplayStore`] in memory. It forgets a proof when the proof has become too old to be accepted, and never before.
///
/// It is full when it holds as many proofs as it may. Then further ones are refused with 503. One client, which is one key, may
/// fill a sixteenth of it. By [default](Self::default) that is room for 4,369 requests per second, of which one client may send 273.
///
/// ```
/// use axum_scopes::sender::dpop::{Dpop, MemoryReplayStore};
///
/// // What a busy service needs: the proofs of one minute, each of about 100 bytes.
/// let dpop = Dpop::new("https://api.example.com")?.replay_store(MemoryReplayStore::new(1_000_000));
/// # Ok::<_, axum_scopes::resource::UrlError>(())
/// ```
#[derive(Debug)]
pub struct MemoryReplayStore {
    entries: usize,
    share: usize,
    kept: Mutex<Kept>,
}

/// A digest of a proof, and one of its client.
type Entry = ([u8; 32], [u8; 32]);

#[derive(Default)]
struct Kept {
    used: HashSet<[u8; 32]>,
    /// The number of entries of each client.
    of_client: HashMap<[u8; 32], usize>,
    /// All entries by the second from which on they are not needed.
    by_end: BTreeMap<u64, Vec<Entry>>,
    /// The latest time seen. A clock that is set back would bring back proofs that are forgotten.
    latest: u64,
}

impl MemoryReplayStore {
    /// A store for at most so many proofs, of which one client may have a sixteenth. Memory is taken as it is needed.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::MemoryReplayStore;
    /// let store = MemoryReplayStore::new(100_000);
    /// ```
    #[must_use]
    pub fn new(entries: usize) -> Self {
        Self { entries, share: (entries / SHARES).max(1), kept: Mutex::default() }
    }

    /// Sets how many proofs one client may have in the store, for services with few clients that send many requests.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::MemoryReplayStore;
    /// let store = MemoryReplayStore::new(100_000).share(50_000);
    /// ```
    #[must_use]
    pub fn share(mut self, entries: usize) -> Self {
        self.share = entries;
        self
    }

    pub(super) fn first_use_at(
        &self,
        digest: &[u8; 32],
        client: &[u8; 32],
        until: u64,
        now: u64,
    ) -> Result<bool, StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.latest = kept.latest.max(now);
        if kept.used.contains(digest) || until <= kept.latest {
            return Ok(false);
        }
        kept.forget(FORGOTTEN_AT_ONCE);
        if let Err(error) = self.check_room(&kept, client) {
            kept.forget(usize::MAX);
            self.check_room(&kept, client).map_err(|_| error)?;
        }
        kept.remember(*digest, *client, until);
        Ok(true)
    }

    fn check_room(&self, kept: &Kept, client: &[u8; 32]) -> Result<(), StoreError> {
        let of_client = kept.of_client.get(client).copied().unwrap_or_default();
        if kept.used.len() >= self.entries {
            Err(StoreError::new(1, NoRoom("the store of used proofs is full")))
        } else if of_client >= self.share {
            Err(StoreError::new(1, NoRoom("a client has filled its share of the store of used proofs")))
        } else {
            Ok(())
        }
    }
}

impl Default for MemoryReplayStore {
    /// A store for 262,144 proofs, which take about 25 MB.
    fn default() -> Self {
        Self::new(ENTRIES)
    }
}

impl ReplayStore for MemoryReplayStore {
    async fn first_use(&self, digest: &[u8; 32], client: &[u8; 32], until: u64) -> Result<bool, StoreError> {
        self.first_use_at(digest, client, until, now() as u64)
    }
}

impl Kept {
    fn remember(&mut self, digest: [u8; 32], client: [u8; 32], until: u64) {
        self.used.insert(digest);
        *self.of_client.entry(client).or_default() += 1;
        self.by_end.entry(until).or_default().push((digest, client));
    }

    /// Forgets at most `most` entries that are not needed any more.
    fn forget(&mut self, most: usize) {
        for _ in 0..most {
            let Some(mut first) = self.by_end.first_entry().filter(|first| *first.key() <= self.latest) else { return };
            if let Some((digest, client)) = first.get_mut().pop() {
                self.used.remove(&digest);
                if let Some(count) = self.of_client.get_mut(&client) {
                    *count -= 1;
                    if *count == 0 {
                        self.of_client.remove(&client);
                    }
                }
            }
            if first.get().is_empty() {
                first.remove();
            }
        }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("used", &self.used.len()).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct NoRoom(&'static str);

impl fmt::Display for NoRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NoRoom {}
