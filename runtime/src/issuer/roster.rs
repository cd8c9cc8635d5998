//! Issuers that come and go while a verifier runs: takes the `iss` of a token, yields the keeper of its keys if the service
//! accepts the issuer. The number of issuers is bounded, and so is the number of those that are begun in a time.

use std::{
    array,
    collections::{HashMap, hash_map::RandomState},
    hash::BuildHasher,
    ops::Deref,
    sync::{
        Arc, PoisonError, RwLock, RwLockWriteGuard,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::{error::IssuerError, issuer::Issuer, keeper::Keeper};
use crate::token::{error::TokenError, policy::MAX_SIZE, verify_error::VerifyError};

/// Says which issuer an `iss` names, if the service accepts it.
pub(super) type Resolve = Box<dyn Fn(&str) -> Option<Issuer> + Send + Sync>;
/// Starts to keep an issuer's keys.
pub(super) type Start = Box<dyn Fn(Issuer) -> Result<Keeper, IssuerError> + Send + Sync>;

/// An issuer is kept for at least this time. So no more than the bound are begun within it, however many are named.
const SHORTEST_STAY: Duration = Duration::from_secs(30);
/// Of the issuers that are kept, this part may displace used ones before a token of theirs is accepted.
const UNPROVEN: usize = 4;
/// How often an issuer is resolved if it is removed meanwhile. The last answer stands, because `resolve` may remove it itself.
const TRIES: usize = 3;
/// URLs share this many counters of removals. If two share one, an issuer is resolved once more.
const COUNTERS: usize = 64;

/// The issuers beside those that a verifier has from its start.
pub(super) struct Roster {
    start: Start,
    resolve: Option<Resolve>,
    most: usize,
    began: Instant,
    kept: RwLock<HashMap<String, Arc<Kept>>>,
    /// How many issuers were removed so far, by the hash of the URL.
    removals: ([AtomicU64; COUNTERS], RandomState),
    has_any: AtomicBool,
    /// The largest token that any issuer so far has allowed, in bytes.
    max_size: AtomicUsize,
}

/// One of these issuers.
pub(super) struct Kept {
    keeper: Keeper,
    /// Whether the service has added it, so that only the service removes it.
    is_added: bool,
    since: Instant,
    /// When a token of it was last accepted, in milliseconds of the roster; 0 for never.
    used: AtomicU64,
    is_removed: AtomicBool,
}

impl Roster {
    pub(super) fn new(start: Start, resolve: Option<Resolve>, most: usize) -> Self {
        let (kept, has_any, max_size) = (RwLock::default(), AtomicBool::new(false), AtomicUsize::new(MAX_SIZE));
        let removals = (array::from_fn(|_| AtomicU64::new(0)), RandomState::new());
        Self { start, resolve, most, began: Instant::now(), kept, removals, has_any, max_size }
    }

    /// Whether it may know an issuer. Only then may a verifier with one fixed issuer not presume a token's issuer.
    pub(super) fn is_open(&self) -> bool {
        self.resolve.is_some() || self.has_any.load(Ordering::Acquire)
    }

    /// The largest token that any of these issuers may allow, in bytes. The issuer's own limit is checked once it is known.
    pub(super) fn max_size(&self) -> usize {
        if self.is_open() { self.max_size.load(Ordering::Relaxed) } else { 0 }
    }

    /// The issuer that `iss` names. Nothing is begun for one that the service does not accept.
    pub(super) fn named(&self, iss: &str) -> Result<Arc<Kept>, VerifyError> {
        let known = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(iss).map(Arc::clone);
        if let Some(known) = known {
            return if known.has_stopped() { self.begin_again(iss, known) } else { Ok(known) };
        }
        for left in (0..TRIES).rev() {
            let removals = self.removals_of(iss).load(Ordering::Acquire);
            // No lock is held meanwhile, because it is the service's code.
            let issuer = self.resolve.as_ref().and_then(|resolve| resolve(iss)).ok_or(TokenError::Issuer)?;
            let mut kept = self.write();
            // Another request may have begun it meanwhile.
            if let Some(kept) = kept.get(iss) {
                return Ok(Arc::clone(kept));
            }
            // The service may have removed it after it was resolved.
            if left == 0 || self.removals_of(iss).load(Ordering::Acquire) == removals {
                return self.begin_resolved(&mut kept, iss, issuer);
            }
        }
        Err(TokenError::Issuer.into())
    }

    /// Begins an issuer again whose task has ended, as with the runtime of the request that began it.
    fn begin_again(&self, iss: &str, stopped: Arc<Kept>) -> Result<Arc<Kept>, VerifyError> {
        let mut kept = self.write();
        match kept.get(iss) {
            None => Err(TokenError::Issuer.into()),
            Some(other) if !Arc::ptr_eq(other, &stopped) => Ok(Arc::clone(other)),
            Some(_) => {
                let begun = self.begin(&mut kept, Issuer::clone(&stopped.keeper.issuer), stopped.is_added);
                let used = stopped.used.load(Ordering::Relaxed);
                Ok(begun.inspect(|new| new.used.store(used, Ordering::Relaxed)).unwrap_or(stopped))
            }
        }
    }

    fn begin_resolved(
        &self,
        kept: &mut HashMap<String, Arc<Kept>>,
        iss: &str,
        issuer: Issuer,
    ) -> Result<Arc<Kept>, VerifyError> {
        if issuer.url != iss {
            tracing::error!("the issuer that was resolved has another URL than the token's");
            return Err(TokenError::Issuer.into());
        }
        let unusable = |error| {
            tracing::error!(%error, "an issuer that was resolved cannot be used");
            VerifyError::from(TokenError::Issuer)
        };
        check(&issuer).map_err(unusable)?;
        let too_many = VerifyError::Unavailable { retry_after: SHORTEST_STAY.as_secs() as u32, source: None };
        self.make_room(kept, false).ok_or(too_many)?;
        self.begin(kept, issuer, false).map_err(unusable)
    }

    /// Adds an issuer, in place of a resolved one with the same URL.
    pub(super) fn add(&self, issuer: Issuer) -> Result<(), IssuerError> {
        check(&issuer)?;
        let mut kept = self.write();
        match kept.get(&issuer.url) {
            Some(known) if known.is_added => return Err(IssuerError::Set),
            Some(_) => {}
            None => self.make_room(&mut kept, true).ok_or(IssuerError::TooMany)?,
        }
        self.begin(&mut kept, issuer, true)?;
        self.has_any.store(true, Ordering::Release);
        Ok(())
    }

    /// Whether there was such an issuer.
    pub(super) fn remove(&self, url: &str) -> bool {
        let mut kept = self.write();
        self.removals_of(url).fetch_add(1, Ordering::AcqRel);
        let removed = kept.remove(url);
        // Requests may wait for its keys.
        removed.inspect(|kept| kept.is_removed.store(true, Ordering::Release)).is_some()
    }

    fn removals_of(&self, url: &str) -> &AtomicU64 {
        let (counters, hash) = &self.removals;
        &counters[(hash.hash_one(url) % COUNTERS as u64) as usize]
    }

    pub(super) fn all(&self) -> Vec<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).values().map(Arc::clone).collect()
    }

    /// Remembers that a token of the issuer was accepted.
    pub(super) fn note_use(&self, kept: &Kept) {
        let now = self.began.elapsed().as_millis() as u64;
        kept.used.store(now.max(1), Ordering::Relaxed);
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, Arc<Kept>>> {
        self.kept.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(
        &self,
        kept: &mut HashMap<String, Arc<Kept>>,
        issuer: Issuer,
        is_added: bool,
    ) -> Result<Arc<Kept>, IssuerError> {
        let (url, max_size) = (issuer.url.clone(), issuer.policy.max_size);
        let keeper = (self.start)(issuer)?;
        let new = Arc::new(Kept {
            keeper,
            is_added,
            since: Instant::now(),
            used: AtomicU64::new(0),
            is_removed: AtomicBool::new(false),
        });
        kept.insert(url, Arc::clone(&new));
        self.max_size.fetch_max(max_size, Ordering::Relaxed);
        Ok(new)
    }

    /// Drops the resolved issuer whose last accepted token is the oldest, if there are too many. `None` if none may be
    /// dropped yet, which is so for no issuer that the service adds. A forged token counts for nothing, so that a flood of
    /// them keeps few places from issuers that are used.
    fn make_room(&self, kept: &mut HashMap<String, Arc<Kept>>, is_added: bool) -> Option<()> {
        if kept.len() < self.most {
            return Some(());
        }
        let resolved = || kept.iter().filter(|(_, kept)| !kept.is_added);
        let used = |kept: &Kept| kept.used.load(Ordering::Relaxed);
        let unproven = resolved().filter(|(_, kept)| used(kept) == 0).count();
        let may_displace_used = unproven < (self.most / UNPROVEN).max(1);
        let may_go = resolved().filter(|(_, kept)| {
            is_added || (kept.since.elapsed() >= SHORTEST_STAY && (may_displace_used || used(kept) == 0))
        });
        let oldest = may_go.min_by_key(|(_, kept)| (used(kept), kept.since));
        let url = oldest.map(|(url, _)| url.clone());
        let Some(url) = url else {
            tracing::debug!(most = self.most, "there are too many issuers");
            return None;
        };
        kept.remove(&url);
        Some(())
    }
}

/// Checks an issuer before another one makes room for it.
fn check(issuer: &Issuer) -> Result<(), IssuerError> {
    // It would have to be compared with every token's issuer.
    if issuer.is_template() {
        return Err(IssuerError::Template);
    }
    issuer.check().map(drop)
}

impl Kept {
    pub(super) fn is_added(&self) -> bool {
        self.is_added
    }

    /// Whether its keys are refreshed no longer. If the task always fails at once, it is not begun at each request.
    fn has_stopped(&self) -> bool {
        !self.keeper.is_kept() && self.since.elapsed() >= SHORTEST_STAY
    }

    /// Fails if the service has removed the issuer meanwhile.
    pub(super) fn check_is_accepted(&self) -> Result<(), TokenError> {
        if self.is_removed.load(Ordering::Acquire) { Err(TokenError::Issuer) } else { Ok(()) }
    }
}

impl Deref for Kept {
    type Target = Keeper;

    fn deref(&self) -> &Keeper {
        &self.keeper
    }
}
