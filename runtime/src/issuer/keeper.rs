//! Keeps one issuer's keys up to date: fetches them in the background and on demand, yields a verifier and the status.

use std::{
    collections::hash_map::RandomState,
    future::Future,
    hash::{BuildHasher, Hasher},
    pin::pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{
    sync::{Notify, Semaphore, watch},
    task::AbortHandle,
    time::{Instant, timeout, timeout_at},
};

use super::{
    error::{RefreshError, with_sources},
    fetch::{Fetch, Fetched},
    issuer::Issuer,
    key_set::Skipped,
    status::IssuerStatus,
};
use crate::{
    jose::cache::SignatureCache,
    scheme::endpoints::Endpoints,
    token::{verifier::TokenVerifier, verify::now, verify_error::VerifyError},
};

/// A request waits this much longer than any refresh takes, and only if the task has ended.
const MORE: Duration = Duration::from_secs(1);
/// The shortest interval that an answer can ask for.
const SHORTEST_FRESH: Duration = Duration::from_secs(60);
/// Tokens cause no refresh for this time after one that they have caused, and after one that has failed.
const PAUSE: Duration = Duration::from_secs(30);
/// The most requests that wait for one refresh. Each holds its memory and connection, so an attacker must not pile them up.
pub(super) const MOST_WAITING: usize = 1000;

/// An issuer and its keys. The task that fetches them ends when this is dropped.
pub(super) struct Keeper {
    pub(super) issuer: Arc<Issuer>,
    state: watch::Receiver<State>,
    demand: Arc<Notify>,
    waiting: Semaphore,
    task: AbortHandle,
}

struct State {
    /// The keys of the last successful refresh, unless they are too old.
    keys: Option<Keys>,
    endpoints: Option<Endpoints>,
    /// How many refreshes have ended.
    ended: u64,
    is_refreshing: bool,
    has_failed: bool,
    /// The time from which tokens may cause a refresh.
    on_demand_from: Instant,
    last_success: Option<SystemTime>,
    last_failure: Option<(SystemTime, RefreshError)>,
}

/// At least one key.
struct Keys {
    verifier: TokenVerifier,
    count: usize,
    too_old_from: Instant,
    /// The same by the clock of the system, in seconds since 1970. It goes on while the machine sleeps, or the task is not run.
    too_old_at: f64,
}

impl Keeper {
    /// Starts to fetch, on the current Tokio runtime.
    pub(super) fn start(issuer: Arc<Issuer>, fetch: Fetch) -> Self {
        let (sender, state) = watch::channel(State {
            keys: None,
            endpoints: None,
            ended: 0,
            is_refreshing: true,
            has_failed: false,
            on_demand_from: Instant::now(),
            last_success: None,
            last_failure: None,
        });
        let demand = Arc::new(Notify::new());
        let worker = Worker {
            issuer: Arc::clone(&issuer),
            fetch,
            state: sender,
            demand: Arc::clone(&demand),
            cache: SignatureCache::new(issuer.token_cache),
            skipped: Vec::new(),
            interval: issuer.refresh_interval,
        };
        let task = tokio::spawn(worker.run()).abort_handle();
        Self { issuer, state, demand, waiting: Semaphore::new(MOST_WAITING), task }
    }

    /// Whether the task has not ended.
    pub(super) fn is_kept(&self) -> bool {
        self.state.has_changed().is_ok()
    }

    /// The verifier with the current keys.
    pub(super) fn verifier(&self, now: f64) -> Option<TokenVerifier> {
        // Without refreshes, its keys would be accepted for ever.
        let is_usable = |keys: &&Keys| self.is_kept() && now < keys.too_old_at;
        self.state.borrow().keys.as_ref().filter(is_usable).map(|keys| keys.verifier.clone())
    }

    /// The verifier after a refresh, if the limits allow one.
    pub(super) async fn refreshed(&self) -> Result<Refreshed, VerifyError> {
        let mut state = self.state.clone();
        let (ended, is_refreshing, from) = {
            let state = state.borrow();
            (state.ended, state.is_refreshing, state.on_demand_from)
        };
        if is_refreshing || from <= Instant::now() {
            let Ok(_place) = self.waiting.try_acquire() else {
                tracing::debug!(issuer = self.issuer.url, "too many requests wait for the keys of an issuer");
                return Err(VerifyError::Unavailable { retry_after: seconds_until(from), source: None });
            };
            if !is_refreshing {
                self.demand.notify_one();
            }
            let is_over = |state: &State| state.ended != ended;
            // The state has the result.
            let _ = timeout(self.issuer.refresh_timeout + MORE, state.wait_for(is_over)).await;
        }
        let (age, unavailable) = {
            let state = self.state.borrow();
            let retry_after = seconds_until(state.on_demand_from);
            let source = state.last_failure.clone().map(|(_, error)| Arc::new(error) as _);
            let age = match state.last_success {
                _ if state.has_failed => Age::Unknown,
                Some(at) if state.ended == ended => Age::FetchedAt(at),
                _ => Age::New,
            };
            (age, VerifyError::Unavailable { retry_after, source })
        };
        match self.verifier(now()) {
            Some(verifier) => Ok(Refreshed { verifier, age, unavailable }),
            None => Err(unavailable),
        }
    }

    pub(super) fn status(&self) -> IssuerStatus {
        let (is_kept, now) = (self.is_kept(), now());
        let state = self.state.borrow();
        IssuerStatus {
            issuer: self.issuer.url.clone(),
            keys: state.keys.as_ref().filter(|keys| is_kept && now < keys.too_old_at).map_or(0, |keys| keys.count),
            endpoints: state.endpoints.clone(),
            last_success: state.last_success,
            last_failure: state.last_failure.clone(),
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The keys after a refresh.
pub(super) struct Refreshed {
    pub(super) verifier: TokenVerifier,
    pub(super) age: Age,
    /// The error for tokens whose key may exist without being there.
    pub(super) unavailable: VerifyError,
}

/// How old the keys are.
pub(super) enum Age {
    /// They were fetched while the request waited.
    New,
    /// They were fetched then, and too short a time ago to fetch them again.
    FetchedAt(SystemTime),
    /// The last refresh has failed, so the issuer may have others by now.
    Unknown,
}

/// The background task.
struct Worker {
    issuer: Arc<Issuer>,
    fetch: Fetch,
    state: watch::Sender<State>,
    demand: Arc<Notify>,
    /// Shared by the verifiers of all refreshes.
    cache: SignatureCache,
    /// The time from one refresh to the next.
    interval: Duration,
    /// The skipped entries of the last set, which are already logged.
    skipped: Vec<Skipped>,
}

impl Worker {
    async fn run(mut self) {
        let mut is_demanded = false;
        loop {
            let has_failed = self.refresh(is_demanded).await;
            let interval = self.interval;
            is_demanded = self.aging(self.wait(if has_failed { interval.min(PAUSE) } else { interval })).await;
        }
    }

    /// Returns whether it has failed.
    async fn refresh(&mut self, is_demanded: bool) -> bool {
        let pause_over = Instant::now() + PAUSE;
        self.state.send_modify(|state| {
            state.is_refreshing = true;
            if is_demanded {
                state.on_demand_from = pause_over;
            }
        });
        let fetched = self.aging(timeout(self.issuer.refresh_timeout, (self.fetch)())).await;
        // A bad answer does not withdraw the current keys.
        let refreshed = fetched.unwrap_or(Err(RefreshError::Timeout)).and_then(|fetched| self.replace(fetched));
        let has_failed = refreshed.is_err();
        if let Err(error) = &refreshed {
            tracing::warn!(
                issuer = self.issuer.url,
                error = with_sources(error),
                "cannot refresh the keys of an issuer"
            );
        }
        self.state.send_modify(|state| {
            state.is_refreshing = false;
            state.has_failed = has_failed;
            state.ended = state.ended.wrapping_add(1);
            match refreshed {
                Ok(()) => state.last_success = Some(SystemTime::now()),
                Err(error) => {
                    state.on_demand_from = pause_over;
                    state.last_failure = Some((SystemTime::now(), error));
                }
            }
        });
        has_failed
    }

    /// Replaces all keys, even if no new one can be used, because a set is the issuer's whole list.
    fn replace(&mut self, Fetched { set, endpoints, max_age }: Fetched) -> Result<(), RefreshError> {
        let longest = self.issuer.refresh_interval;
        self.interval = max_age.map_or(longest, |age| age.max(SHORTEST_FRESH).min(longest));
        let issuer = &self.issuer.url;
        // Each entry is logged once, not at each refresh.
        for entry in set.skipped.iter().filter(|entry| !self.skipped.contains(entry)) {
            tracing::warn!(issuer, key = %entry, error = with_sources(&entry.reason), "a key of an issuer is skipped");
        }
        self.skipped = set.skipped;
        let count = set.keys.len();
        let keys = (count > 0).then(|| Keys {
            verifier: self.issuer.verifier(set.keys).with_cache(self.cache.clone()),
            count,
            too_old_from: Instant::now() + self.issuer.key_age(),
            too_old_at: now() + self.issuer.key_age().as_secs_f64(),
        });
        self.state.send_modify(|state| (state.keys, state.endpoints) = (keys, endpoints));
        if count > 0 { Ok(()) } else { Err(RefreshError::NoUsableKey) }
    }

    /// Awaits `future`. Drops the current keys if they get too old meanwhile.
    async fn aging<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let too_old_from = self.state.borrow().keys.as_ref().map(|keys| keys.too_old_from);
        if let Some(too_old_from) = too_old_from {
            if let Ok(output) = timeout_at(too_old_from, &mut future).await {
                return output;
            }
            tracing::warn!(issuer = self.issuer.url, "the keys of an issuer are too old to be used any longer");
            self.state.send_modify(|state| state.keys = None);
        }
        future.await
    }

    /// Waits for the interval. Returns true if tokens demand a refresh earlier, and may.
    async fn wait(&self, interval: Duration) -> bool {
        let until = Instant::now() + jittered(interval);
        while timeout_at(until, self.demand.notified()).await.is_ok() {
            if self.state.borrow().on_demand_from <= Instant::now() {
                return true;
            }
        }
        false
    }
}

/// Up to a tenth shorter, so that services that start together do not refresh together.
fn jittered(interval: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1000;
    interval.mul_f64(1.0 - random as f64 / 10_000.0)
}

/// Rounded up, and at least one.
fn seconds_until(instant: Instant) -> u32 {
    let left = instant.saturating_duration_since(Instant::now());
    (left.as_secs_f64().ceil() as u32).max(1)
}
