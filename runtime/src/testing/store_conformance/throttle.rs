//! What a store of attempts has to do.

use std::time::{Duration, SystemTime};

use super::{
    at_once::{at_once, given_up, ok},
    names::{HOUR, SECOND, digest, ms, now},
};
use crate::login::store::{Digest, Limit, Taken, ThrottleStore};

/// Five attempts, and one more each ten seconds.
const LIMIT: Limit = Limit { burst: 5, period: Duration::from_secs(10) };

pub(super) async fn all<S: ThrottleStore + Clone>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    burst_then_period(a, b).await;
    refused_ones_do_not_count(a, b).await;
    never_more_than_the_burst(a).await;
    keys_are_told_apart(a, b).await;
    given_back(a, b).await;
    given_back_too_often(a).await;
    clocks_differ(a, b).await;
    clock_was_ahead(a, b).await;
    small_and_large(a).await;
    for round in 0..12 {
        exact_at_once(replicas).await;
        given_back_at_once(replicas).await;
        given_up_on_the_way(replicas, ms(round / 4)).await;
    }
}

async fn take<S: ThrottleStore>(store: &S, key: &Digest, now: SystemTime) -> Taken {
    ok(store.take(key, LIMIT, now).await)
}

/// How many of `count` attempts are allowed.
async fn allowed<S: ThrottleStore>(store: &S, key: &Digest, limit: Limit, now: SystemTime, count: usize) -> usize {
    let mut allowed = 0;
    for _ in 0..count {
        allowed += usize::from(ok(store.take(key, limit, now).await) == Taken::Allowed);
    }
    allowed
}

async fn burst_then_period<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    for attempt in 1..=5 {
        let taken = take(if attempt % 2 == 0 { a } else { b }, &key, now).await;
        assert!(taken == Taken::Allowed, "of a burst of 5, attempt {attempt} has to be allowed; it is {taken:?}");
    }
    for (after, wait) in [(0, 10_000), (1, 9_999), (9_000, 1_000), (9_999, 1)] {
        let taken = take(a, &key, now + ms(after)).await;
        assert!(
            taken == Taken::Refused { retry_after: ms(wait) },
            "{after} ms after a burst of 5 was used up, with one more each 10 s, the next attempt has to be refused with `retry_after` \
             {wait} ms; it is {taken:?}"
        );
    }
    for step in 1..=2 {
        let now = now + step * LIMIT.period;
        let taken = take(b, &key, now).await;
        assert!(taken == Taken::Allowed, "one attempt has to come back in each period of 10 s; it is {taken:?}");
        let taken = take(a, &key, now).await;
        assert!(
            taken == Taken::Refused { retry_after: LIMIT.period },
            "only one attempt may come back in each period of 10 s, and the next one 10 s later; it is {taken:?}"
        );
    }
}

async fn refused_ones_do_not_count<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    let count = allowed(a, &key, LIMIT, now, 25).await;
    assert!(count == 5, "of 25 attempts at one time, the burst of 5 has to be allowed; {count} are");
    let taken = take(b, &key, now + LIMIT.period).await;
    assert!(taken == Taken::Allowed, "refused attempts do not count, so one comes back after 10 s; it is {taken:?}");
}

async fn never_more_than_the_burst<S: ThrottleStore>(store: &S) {
    let (key, now) = (digest(), now());
    take(store, &key, now - SECOND).await;
    let limit = Limit { period: ms(10), ..LIMIT };
    let count = allowed(store, &key, limit, now + 50 * SECOND, 20).await;
    assert!(count == 5, "after a long time, as many attempts are allowed as the burst says, 5; {count} are");
}

async fn keys_are_told_apart<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    allowed(a, &key, LIMIT, now, 6).await;
    let mut near = key;
    near[31] ^= 1;
    for other in [digest(), near] {
        let count = allowed(b, &other, LIMIT, now, 6).await;
        assert!(count == 5, "another key has attempts of its own, 5; {count} are allowed");
    }
}

async fn given_back<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    allowed(a, &key, LIMIT, now, 6).await;
    for _ in 0..2 {
        ok(b.give_back(&key, LIMIT, now).await);
    }
    let count = allowed(a, &key, LIMIT, now, 6).await;
    assert!(count == 2, "each attempt that is given back can be taken again: 2 were given back, {count} are allowed");
    for round in 0..20 {
        let taken = take(a, &key, now + LIMIT.period).await;
        assert!(taken == Taken::Allowed, "who gives each attempt back is never refused; round {round} is {taken:?}");
        ok(b.give_back(&key, LIMIT, now + LIMIT.period).await);
    }
}

async fn given_back_too_often<S: ThrottleStore>(store: &S) {
    let (key, now) = (digest(), now());
    for _ in 0..3 {
        ok(store.give_back(&key, LIMIT, now).await);
    }
    let count = allowed(store, &key, LIMIT, now, 12).await;
    assert!(
        count == 5,
        "to give back what was not taken never makes more attempts than the burst, 5; {count} are allowed"
    );
    for _ in 0..12 {
        ok(store.give_back(&key, LIMIT, now + SECOND).await);
    }
    let count = allowed(store, &key, LIMIT, now + SECOND, 12).await;
    assert!(count == 5, "to give back too often never makes more attempts than the burst, 5; {count} are allowed");
}

/// Another replica has a clock that is behind.
async fn clocks_differ<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    allowed(a, &key, LIMIT, now, 5).await;
    let taken = take(b, &key, now - 2 * SECOND).await;
    let longest = LIMIT.period + 2 * SECOND;
    let is_refused = matches!(taken, Taken::Refused { retry_after } if (LIMIT.period..=longest).contains(&retry_after));
    assert!(
        is_refused,
        "a clock that is 2 s behind must not make attempts, and waits for a period, and 2 s more at most; it is {taken:?}"
    );
}

/// The clock of a replica was far ahead, until it was set.
async fn clock_was_ahead<S: ThrottleStore>(a: &S, b: &S) {
    let (key, now) = (digest(), now());
    allowed(a, &key, LIMIT, now + 24 * HOUR, 5).await;
    take(b, &key, now).await;
    let count = allowed(b, &key, LIMIT, now + LIMIT.period, 6).await;
    assert!(
        count == 1,
        "a clock that was a day ahead locks nobody out for a day: one attempt has to come back after 10 s; {count} have"
    );
}

async fn small_and_large<S: ThrottleStore>(store: &S) {
    let now = now();
    for (burst, period) in [(1, ms(1)), (1, SECOND), (2, 24 * HOUR), (100, 365 * 24 * HOUR)] {
        let (key, limit) = (digest(), Limit { burst, period });
        let count = allowed(store, &key, limit, now, burst as usize + 2).await;
        assert!(count == burst as usize, "with {limit:?}, the burst has to be allowed and no more; {count} are");
        let taken = ok(store.take(&key, limit, now).await);
        assert!(
            taken == Taken::Refused { retry_after: period },
            "with {limit:?}, who has used the burst up waits for one period; it is {taken:?}"
        );
    }
}

async fn exact_at_once<S: ThrottleStore + Clone>(replicas: &[S]) {
    let (key, now) = (digest(), now());
    let answers = at_once(replicas, 64, |store, _| async move { ok(store.take(&key, LIMIT, now).await) });
    let count = answers.await.into_iter().filter(|taken| *taken == Taken::Allowed).count();
    assert!(count == 5, "of 64 attempts at once, exactly the burst of 5 has to be allowed; {count} are");
}

async fn given_back_at_once<S: ThrottleStore + Clone>(replicas: &[S]) {
    let (key, now) = (digest(), now());
    allowed(&replicas[0], &key, LIMIT, now, 5).await;
    at_once(replicas, 3, |store, _| async move { ok(store.give_back(&key, LIMIT, now).await) }).await;
    let count = allowed(&replicas[0], &key, LIMIT, now, 6).await;
    assert!(
        count == 3,
        "of attempts that are given back at once, none may be lost: 3 were given back, {count} allowed"
    );
}

/// An attempt whose client goes away counts or not, but the store goes on.
async fn given_up_on_the_way<S: ThrottleStore + Clone>(replicas: &[S], after: Duration) {
    let (key, now) = (digest(), now());
    let store = replicas[0].clone();
    given_up(async move { store.take(&key, LIMIT, now).await }, after).await;
    let count = allowed(&replicas[replicas.len() - 1], &key, LIMIT, now, 6).await;
    assert!((4..=5).contains(&count), "an attempt that is given up counts once at most, but {count} of 5 are allowed");
}
