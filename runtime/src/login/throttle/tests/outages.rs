//! Stores that do not answer.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, SystemTime},
};

use axum_scopes_test_support::Log;

use super::{account, admitted, at, key};
use crate::{
    error::StoreError,
    login::{
        store::{Digest, Limit, MemoryThrottle, Taken, ThrottleStore},
        throttle::Throttle,
    },
};

#[derive(Clone, Default)]
struct Faulty {
    store: MemoryThrottle,
    is_down: Arc<AtomicBool>,
    hangs: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

impl Faulty {
    async fn fail(&self) -> Result<(), StoreError> {
        self.asked.fetch_add(1, SeqCst);
        if self.hangs.load(SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.is_down.load(SeqCst) { Err(StoreError::new(1, io::Error::other("no connection"))) } else { Ok(()) }
    }
}

impl ThrottleStore for Faulty {
    async fn take(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<Taken, StoreError> {
        self.fail().await?;
        self.store.take(key, limit, now).await
    }

    async fn give_back(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<(), StoreError> {
        self.fail().await?;
        self.store.give_back(key, limit, now).await
    }
}

#[tokio::test]
async fn without_its_store_a_process_limits_attempts_by_the_same_rules() {
    let store = Faulty::default();
    let throttle = Throttle::new(store.clone(), &key());
    store.is_down.store(true, SeqCst);
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    assert_eq!(admitted(&throttle, account("johndoe"), at(30)).await, 1);
    let counted_here = throttle.admit_at(&account("alice"), at(0)).await.unwrap();
    store.is_down.store(false, SeqCst);
    assert_eq!(admitted(&throttle, account("johndoe"), at(30)).await, 5);

    // Each attempt is given back where it was counted.
    let counted_there = throttle.admit_at(&account("alice"), at(0)).await.unwrap();
    let asked = store.asked.load(SeqCst);
    counted_here.succeeded_at(at(0)).await;
    assert_eq!(store.asked.load(SeqCst), asked);
    counted_there.succeeded_at(at(0)).await;
    assert_eq!(admitted(&throttle, account("alice"), at(0)).await, 5);
    store.is_down.store(true, SeqCst);
    assert_eq!(admitted(&throttle, account("alice"), at(1)).await, 5);
}

#[tokio::test]
async fn an_attack_asks_the_store_once_a_second() {
    let store = Faulty::default();
    let throttle = Throttle::new(store.clone(), &key());
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    let asked = store.asked.load(SeqCst);
    for _ in 0..1000 {
        let refused = throttle.admit_at(&account("johndoe"), at(0)).await.unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(30));
    }
    assert_eq!(store.asked.load(SeqCst), asked);
    let refused = throttle.admit_at(&account("johndoe"), at(1)).await.unwrap_err();
    assert_eq!((refused.retry_after, store.asked.load(SeqCst)), (Duration::from_secs(29), asked + 1));
    assert!(throttle.admit_at(&account("johndoe"), at(30)).await.is_ok());
}

#[tokio::test]
async fn an_outage_is_logged_once_with_its_cause() {
    let store = Faulty::default();
    let throttle = Throttle::new(store.clone(), &key());
    let (log, _guard) = Log::listen();
    for seconds in [0, 1] {
        store.is_down.store(true, SeqCst);
        assert_eq!(admitted(&throttle, account("johndoe"), at(seconds)).await % 5, 0);
        store.is_down.store(false, SeqCst);
        assert_eq!(admitted(&throttle, account("johndoe"), at(seconds)).await % 5, 0);
    }
    let text = log.text();
    assert_eq!(text.matches("does not answer").count(), 2, "{text}");
    assert_eq!(text.matches("answers again").count(), 2, "{text}");
    assert!(text.contains("no connection") && !text.contains("johndoe"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_not_waited_for() {
    let store = Faulty::default();
    let throttle = Throttle::new(store.clone(), &key());
    let counted_there = throttle.admit_at(&account("alice"), at(0)).await.unwrap();
    store.hangs.store(true, SeqCst);
    let begin = tokio::time::Instant::now();
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    assert!(begin.elapsed() <= Duration::from_secs(13), "{:?}", begin.elapsed());
    assert!(!counted_there.succeeded_at(at(0)).await.is_empty());
}
