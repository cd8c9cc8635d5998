//! Asks the store again and again which sessions have ended, and tells the list.

use std::{
    error::Error,
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::{
    task::{AbortHandle, JoinSet},
    time::{sleep, timeout},
};

use super::{
    super::{random, revocations::Revocations, store::Ended},
    any_store::AnyStore,
};
use crate::error::StoreError;

/// The time from one answer to the next question, at most. With the question itself, another replica's ends are known within 6 seconds.
const INTERVAL: Duration = Duration::from_secs(5);
/// A store that takes longer counts as one that fails.
const LONGEST: Duration = Duration::from_secs(5);
/// The first pause after a failure. It doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause, so that the service recovers soon after the store does.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The task. It ends when this is dropped.
pub(super) struct Polling(AbortHandle);

impl Polling {
    pub(super) fn start(store: Arc<dyn AnyStore>, revocations: Revocations) -> Self {
        Self(tokio::spawn(run(store, revocations)).abort_handle())
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(super) async fn run(store: Arc<dyn AnyStore>, revocations: Revocations) {
    let mut failures = 0_u32;
    loop {
        let asked = SystemTime::now();
        match ask(&store, revocations.ask_since(asked)).await {
            Ok(ended) => {
                revocations.update(asked, &ended);
                if failures > 0 {
                    tracing::info!(failures, "the store of sessions answers again");
                }
                failures = 0;
            }
            Err(error) => {
                if failures == 0 {
                    tracing::error!(%error, "cannot ask the store which sessions have ended; tokens are refused before long");
                }
                failures = failures.saturating_add(1);
            }
        }
        sleep(pause(failures)).await;
    }
}

/// In a task of its own, so that a panic of the store does not end the polling. The task ends with this future.
async fn ask(store: &Arc<dyn AnyStore>, since: SystemTime) -> Result<Vec<Ended>, Failure> {
    let mut task = JoinSet::new();
    let store = Arc::clone(store);
    task.spawn(async move { store.ended_since(since).await });
    match timeout(LONGEST, task.join_next()).await {
        Ok(Some(Ok(answer))) => answer.map_err(Failure::Store),
        Ok(Some(Err(_)) | None) => Err(Failure::Panic),
        Err(_) => Err(Failure::Slow),
    }
}

/// Up to a fifth less than it may be, so that replicas do not ask in step.
fn pause(failures: u32) -> Duration {
    let longest = match failures {
        0 => INTERVAL,
        _ => FIRST_PAUSE.saturating_mul(1 << (failures - 1).min(8)).min(LONGEST_PAUSE),
    };
    let mut random = [0];
    // Without random numbers, they ask in step.
    let _ = random::fill(&mut random);
    longest.mul_f64(1.0 - f64::from(random[0]) / f64::from(u8::MAX) / 5.0)
}

enum Failure {
    Store(StoreError),
    Panic,
    Slow,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => match error.source() {
                Some(cause) => write!(f, "{error}: {cause}"),
                None => error.fmt(f),
            },
            Self::Panic => f.write_str("it has panicked"),
            Self::Slow => write!(f, "it has not answered within {LONGEST:?}"),
        }
    }
}
