//! Limits at given times, and what is forgotten.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    num::NonZero,
    sync::Barrier,
    thread,
    time::{Duration, SystemTime},
};

use super::MemoryThrottle;
use crate::login::store::throttle::{Limit, Taken};

const LIMIT: Limit = Limit { burst: 3, period: Duration::from_secs(10) };
const KEY: [u8; 32] = [7; 32];

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn key(number: u32) -> [u8; 32] {
    let mut key = [0; 32];
    key[..4].copy_from_slice(&number.to_be_bytes());
    key
}

fn small(keys: usize) -> MemoryThrottle {
    MemoryThrottle::with_capacity(NonZero::new(keys).unwrap())
}

fn refused(seconds: u64) -> Taken {
    Taken::Refused { retry_after: Duration::from_secs(seconds) }
}

fn allowed(store: &MemoryThrottle, key: &[u8; 32], limit: Limit, now: SystemTime) -> u32 {
    (0..100).take_while(|_| store.take_now(key, limit, now) == Taken::Allowed).count() as u32
}

#[test]
fn a_burst_is_allowed_at_once_and_then_one_in_each_period() {
    let store = small(10);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
    assert_eq!(store.take_now(&KEY, LIMIT, at(0)), refused(10));
    assert_eq!(store.take_now(&KEY, LIMIT, at(9)), refused(1));
    assert_eq!(allowed(&store, &KEY, LIMIT, at(10)), 1);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(30)), 2);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(1_000)), 3);
}

#[test]
fn refused_attempts_do_not_count() {
    let store = small(10);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
    for second in 0..10 {
        assert_eq!(store.take_now(&KEY, LIMIT, at(second)), refused(10 - second));
    }
    assert_eq!(store.take_now(&KEY, LIMIT, at(10)), Taken::Allowed);
}

#[test]
fn attempts_given_back_make_no_more_than_the_limit() {
    let store = small(10);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
    store.give_back_now(&KEY, LIMIT, at(0));
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 1);
    for _ in 0..20 {
        store.give_back_now(&KEY, LIMIT, at(0));
    }
    assert_eq!(store.counts().full_at.len(), 0);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_for_longer_than_the_limit() {
    let store = small(10);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(1_000_000)), 3);
    assert_eq!(store.take_now(&KEY, LIMIT, at(0)), refused(10));
    store.give_back_now(&KEY, LIMIT, at(0));
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 1);
    assert_eq!(store.take_now(&KEY, LIMIT, SystemTime::UNIX_EPOCH), refused(10));
}

#[test]
fn a_clock_that_was_far_ahead_for_a_while_locks_nobody_out() {
    for ahead in [7_200, 1_000_000_000] {
        let store = small(10);
        assert_eq!(allowed(&store, &KEY, LIMIT, at(ahead)), 3);
        assert_eq!(store.take_now(&KEY, LIMIT, at(0)), refused(10));
        assert_eq!(allowed(&store, &KEY, LIMIT, at(10)), 1);
        assert_eq!(allowed(&store, &KEY, LIMIT, at(1_000)), 3);
    }
}

/// Otherwise they would get attempts from a replica whose clock is behind.
#[test]
fn a_clock_that_is_a_little_behind_takes_nothing_off_a_count() {
    for (ahead, left) in [(100, 0), (3_600, 0), (3_601, 3)] {
        let store = small(10);
        assert_eq!(allowed(&store, &KEY, LIMIT, at(ahead)), 3);
        assert_eq!(
            (allowed(&store, &KEY, LIMIT, at(0)), allowed(&store, &KEY, LIMIT, at(ahead))),
            (0, left),
            "{ahead}"
        );
    }
}

#[test]
fn limits_outside_of_the_bounds_neither_panic_nor_lock() {
    let store = small(10);
    for (number, limit) in [
        (0, Limit { burst: 0, period: Duration::from_secs(1) }),
        (1, Limit { burst: 1, period: Duration::MAX }),
        (2, Limit { burst: u32::MAX, period: Duration::MAX }),
        (3, Limit { burst: 0, period: Duration::ZERO }),
    ] {
        assert_eq!(store.take_now(&key(number), limit, at(0)), Taken::Allowed);
        store.give_back_now(&key(number), limit, SystemTime::UNIX_EPOCH);
    }
    let none = Limit { burst: 0, period: Duration::ZERO };
    assert_eq!(store.take_now(&KEY, none, at(0)), Taken::Allowed);
    assert_eq!(store.take_now(&KEY, none, at(0)), Taken::Refused { retry_after: Duration::from_millis(1) });
}

#[test]
fn keys_with_all_attempts_back_are_forgotten_a_few_with_each_call() {
    let store = small(1_000);
    for number in 0..100 {
        assert_eq!(store.take_now(&key(number), LIMIT, at(0)), Taken::Allowed);
    }
    for _ in 0..30 {
        let _ = store.take_now(&KEY, LIMIT, at(10));
    }
    assert_eq!(store.counts().full_at.len(), 1);
    assert_eq!(store.counts().order.len(), 1);
}

#[test]
fn a_flood_of_other_keys_does_not_bring_a_used_up_count_back() {
    let store = small(100);
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
    for number in 0..10_000 {
        assert_eq!(store.take_now(&key(number), LIMIT, at(0)), Taken::Allowed);
        assert!(store.counts().full_at.len() <= 100);
    }
    assert_eq!(store.take_now(&KEY, LIMIT, at(0)), refused(10));
    let counts = store.counts();
    assert_eq!((counts.order.len(), counts.full_at.len()), (100, 100));
}

#[test]
fn a_full_store_still_counts_a_new_key() {
    let store = small(4);
    for number in 0..4 {
        assert_eq!(allowed(&store, &key(number), LIMIT, at(0)), 3);
    }
    assert_eq!(allowed(&store, &KEY, LIMIT, at(0)), 3);
}

#[test]
fn attempts_of_64_threads_at_once_are_counted_exactly() {
    let (store, barrier, limit) = (MemoryThrottle::default(), Barrier::new(64), Limit { burst: 100, ..LIMIT });
    let attempt = || {
        barrier.wait();
        (0..10).filter(|_| store.take_now(&KEY, limit, at(0)) == Taken::Allowed).count()
    };
    let total: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..64).map(|_| scope.spawn(attempt)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(total, 100);
}
