//! Keeps one issuer's keys up to date: fetches in the background and on demand, and says at any time how it stands.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
    time::{Instant, timeout},
};

use super::{
    error::{RefreshError, VerifyError},
    fetch::Fetch,
    issuer::Issuer,
    status::IssuerStatus,
};
use crate::{
    Endpoints,
    token::{TokenVerifier, cache::TokenCache},
};

/// For all requests of a refresh together.
const REFRESH_TIME: Duration = Duration::from_secs(5);
/// Longer than any refresh, so that only a task that has ended makes anyone wait this long.
const LONGEST_WAIT: Duration = Duration::from_secs(6);
/// After a refresh that tokens asked for, and after one that failed, tokens cause no other for this long.
const PAUSE: Duration = Duration::from_secs(30);

/// An issuer and its keys. The task that fetches them ends when this is dropped.
pub(super) struct Keeper {
    pub(super) issuer: Arc<Issuer>,
    state: watch::Receiver<State>,
    demand: Arc<Notify>,
    task: AbortHandle,
}

#[derive(Clone)]
struct State {
    /// With the keys of the last refresh that succeeded.
    verifier: Option<TokenVerifier>,
    keys: usize,
    endpoints: Option<Endpoints>,
    /// How many refreshes have ended.
    ended: u64,
    is_refreshing: bool,
    has_failed: bool,
    /// From when on tokens may cause a refresh.
    on_demand_from: Instant,
    last_success: Option<SystemTime>,
    last_failure: Option<(SystemTime, RefreshError)>,
}

impl Keeper {
    /// Begins to fetch; needs a runtime to do it on.
    pub(super) fn start(issuer: Arc<Issuer>, fetch: Fetch) -> Self {
        let (sender, state) = watch::channel(State {
            verifier: None,
            keys: 0,
            endpoints: None,
            ended: 0,
            is_refreshing: true,
            has_failed: false,
            on_demand_from: Instant::now(),
            last_success: None,
            last_failure: None,
        });
        let demand = Arc::new(Notify::new());
        let cache = issuer.new_cache();
        let work = Worker { issuer: Arc::clone(&issuer), fetch, state: sender, demand: Arc::clone(&demand), cache };
        Self { issuer, state, demand, task: tokio::spawn(work.run()).abort_handle() }
    }

    /// What verifies with the keys at hand.
    pub(super) fn verifier(&self) -> Option<TokenVerifier> {
        // Keys that nobody refreshes any more would be accepted for ever.
        if self.state.has_changed().is_err() { None } else { self.state.borrow().verifier.clone() }
    }

    /// What verifies with keys that are as new as the limits allow. For a token whose key is not among these, either the
    /// last refresh has succeeded, or it cannot be judged.
    pub(super) async fn refreshed(&self) -> Result<Refreshed, VerifyError> {
        let mut state = self.state.clone();
        let (ended, is_refreshing, from) = {
            let state = state.borrow();
            (state.ended, state.is_refreshing, state.on_demand_from)
        };
        if is_refreshing || from <= Instant::now() {
            if !is_refreshing {
                self.demand.notify_one();
            }
            let is_over = |state: &State| state.ended != ended;
            // Whatever happens meanwhile, the state says it.
            let _ = timeout(LONGEST_WAIT, state.wait_for(is_over)).await;
        }
        let (has_failed, retry_after) = {
            let state = self.state.borrow();
            (state.has_failed, seconds_until(state.on_demand_from))
        };
        let unavailable = VerifyError::Unavailable { retry_after };
        let verifier = self.verifier().ok_or(unavailable)?;
        Ok(Refreshed { verifier, failed: has_failed.then_some(unavailable) })
    }

    pub(super) fn status(&self) -> IssuerStatus {
        let keys = self.verifier().map_or(0, |_| self.state.borrow().keys);
        let state = self.state.borrow();
        IssuerStatus {
            issuer: self.issuer.url().to_owned(),
            keys,
            endpoints: state.endpoints.clone(),
            last_success: state.last_success,
            last_failure: state.last_failure,
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
    /// The keys are older than the refresh, which has failed.
    pub(super) failed: Option<VerifyError>,
}

/// What runs in the background.
struct Worker {
    issuer: Arc<Issuer>,
    fetch: Fetch,
    state: watch::Sender<State>,
    demand: Arc<Notify>,
    /// From refresh to refresh.
    cache: TokenCache,
}

impl Worker {
    async fn run(mut self) {
        let mut is_demanded = false;
        loop {
            let has_failed = self.refresh(is_demanded).await;
            let interval = self.issuer.interval();
            is_demanded = self.wait(if has_failed { interval.min(PAUSE) } else { interval }).await;
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
        let fetched = timeout(REFRESH_TIME, (self.fetch)()).await.unwrap_or(Err(RefreshError::Timeout));
        let has_failed = fetched.is_err();
        if let Err(error) = &fetched {
            tracing::warn!(issuer = self.issuer.url(), %error, "cannot refresh the keys of an issuer");
        }
        self.state.send_modify(|state| {
            state.is_refreshing = false;
            state.has_failed = has_failed;
            state.ended = state.ended.wrapping_add(1);
            match fetched {
                Ok(fetched) => {
                    state.keys = fetched.keys.len();
                    state.verifier = Some(self.issuer.verifier(fetched.keys).with_cache(self.cache.clone()));
                    state.endpoints = fetched.endpoints;
                    state.last_success = Some(SystemTime::now());
                }
                // A bad answer says nothing against the keys at hand.
                Err(error) => {
                    state.on_demand_from = pause_over;
                    state.last_failure = Some((SystemTime::now(), error));
                }
            }
        });
        has_failed
    }

    /// Until it is time, or, which is what it returns, until tokens demand it and may.
    async fn wait(&self, interval: Duration) -> bool {
        let until = Instant::now() + jittered(interval);
        while tokio::time::timeout_at(until, self.demand.notified()).await.is_ok() {
            if self.state.borrow().on_demand_from <= Instant::now() {
                return true;
            }
        }
        false
    }
}

/// Up to a tenth shorter, so that services that were started together do not ask together.
fn jittered(interval: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1000;
    interval.mul_f64(1.0 - random as f64 / 10_000.0)
}

/// At least one, and as many as are begun.
fn seconds_until(instant: Instant) -> u32 {
    let left = instant.saturating_duration_since(Instant::now());
    (left.as_secs_f64().ceil() as u32).max(1)
}
