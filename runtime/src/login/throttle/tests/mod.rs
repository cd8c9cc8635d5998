//! Attempts at given times, by given accounts, devices and addresses.
#![allow(clippy::unwrap_used, reason = "tests")]

mod devices;
mod outages;

use std::{
    net::IpAddr,
    sync::{Arc, Barrier, Mutex},
    thread,
    time::{Duration, SystemTime},
};

use super::{Admitted, Attempt, Throttle, Throttled};
use crate::{
    error::{AuthError, StoreError},
    jose::hmac_key::HmacKey,
    login::store::{Digest, Limit, MemoryThrottle, Taken, ThrottleStore},
};

fn key() -> HmacKey {
    HmacKey::new([7; 32]).unwrap()
}

fn throttle() -> Throttle {
    Throttle::new(MemoryThrottle::default(), &key())
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn account(account: &str) -> Attempt<'_> {
    Attempt { account, device: None, address: None }
}

fn from(address: &str) -> Attempt<'_> {
    Attempt { address: Some(address.parse::<IpAddr>().unwrap()), ..account("johndoe") }
}

/// How many of these attempts are admitted at once. They fail.
async fn admitted(throttle: &Throttle, attempt: Attempt<'_>, now: SystemTime) -> usize {
    for count in 0..1_000 {
        if throttle.admit_at(&attempt, now).await.is_err() {
            return count;
        }
    }
    1_000
}

#[tokio::test]
async fn an_account_has_5_attempts_at_once_and_then_one_in_30_seconds() {
    let throttle = throttle();
    assert_eq!(admitted(&throttle, account("johndoe"), at(0)).await, 5);
    let refused = throttle.admit_at(&account("johndoe"), at(1)).await.unwrap_err();
    assert_eq!(refused, Throttled { retry_after: Duration::from_secs(29) });
    assert_eq!(refused.to_string(), "there were too many attempts to log in");
    assert_eq!(admitted(&throttle, account("johndoe"), at(30)).await, 1);
    assert_eq!(admitted(&throttle, account("alice"), at(30)).await, 5);
    assert_eq!(admitted(&throttle, account("johndoe"), at(10_000)).await, 5);
}

#[tokio::test]
async fn spellings_of_one_account_share_its_attempts() {
    for spellings in [
        ["johndoe", "JohnDoe", " JOHNDOE", "johndoe\t", "\njohnDOE "],
        ["straße", "STRASSE", "Strasse", "stra\u{1e9e}e", "strasse"],
        ["\u{3c3}\u{3c3}", "\u{3c3}\u{3c2}", "\u{3a3}\u{3a3}", "\u{3a3}\u{3c3}", "\u{3c2}\u{3c2}"],
        ["kim", "\u{212a}im", "KIM", "Kim", "kIM"],
    ] {
        let throttle = throttle();
        for spelling in spellings {
            drop(throttle.admit_at(&account(spelling), at(0)).await.unwrap());
        }
        assert_eq!(admitted(&throttle, account(spellings[0]), at(0)).await, 0, "{spellings:?}");
        assert_eq!(admitted(&throttle, account("other"), at(0)).await, 5, "{spellings:?}");
    }
}

#[tokio::test]
async fn an_address_has_60_attempts_for_all_accounts_together() {
    let throttle = throttle();
    for number in 0..60 {
        let attempt = Attempt { account: &number.to_string(), ..from("192.0.2.1") };
        drop(throttle.admit_at(&attempt, at(0)).await.unwrap());
    }
    let refused = throttle.admit_at(&from("192.0.2.1"), at(0)).await.unwrap_err();
    assert_eq!(refused.retry_after, Duration::from_secs(1));
    assert_eq!(admitted(&throttle, from("192.0.2.1"), at(1)).await, 1);
    // The refused attempts did not count for the account.
    assert_eq!(admitted(&throttle, account("johndoe"), at(1)).await, 4);
}

#[tokio::test]
async fn who_uses_up_an_address_does_not_keep_known_devices_out() {
    let throttle = throttle();
    let cookie = throttle.admit_at(&from("192.0.2.1"), at(0)).await.unwrap().succeeded_at(at(0)).await;
    for number in 0..60 {
        let attempt = Attempt { account: &number.to_string(), ..from("192.0.2.1") };
        drop(throttle.admit_at(&attempt, at(0)).await.unwrap());
    }
    assert_eq!(admitted(&throttle, from("192.0.2.1"), at(0)).await, 0);
    let known = Attempt { device: Some(&cookie), ..from("192.0.2.1") };
    assert_eq!(admitted(&throttle, known, at(0)).await, 10);
    let of_another = Attempt { account: "other", ..known };
    assert_eq!(admitted(&throttle, of_another, at(0)).await, 0);
}

#[tokio::test]
async fn known_devices_of_one_address_share_a_limit_of_their_own() {
    let throttle = throttle();
    let mut cookies = Vec::new();
    for _ in 0..10 {
        cookies.push(throttle.admit_at(&from("192.0.2.1"), at(0)).await.unwrap().succeeded_at(at(0)).await);
    }
    let mut count = 0;
    for cookie in &cookies {
        for _ in 0..10 {
            let attempt = Attempt { device: Some(cookie), ..from("192.0.2.1") };
            count += usize::from(throttle.admit_at(&attempt, at(0)).await.is_ok());
        }
    }
    assert_eq!(count, 60);
}

#[tokio::test]
async fn a_network_of_64_bits_counts_as_one_address_and_ipv4_is_the_same_in_ipv6() {
    let once = Limit { burst: 1, period: Duration::from_secs(3_600) };
    let shared = [
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true),
        ("2001:db8::1", "2001:db8:0:1::1", false),
        ("192.0.2.1", "::ffff:192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
    ];
    for (one, other, is_shared) in shared {
        let throttle = throttle().address(once);
        drop(throttle.admit_at(&from(one), at(0)).await.unwrap());
        assert_eq!(throttle.admit_at(&from(other), at(0)).await.is_err(), is_shared, "{one} {other}");
    }
}

#[tokio::test]
async fn attempts_that_succeed_or_compare_nothing_are_given_back() {
    let throttle = throttle();
    for _ in 0..100 {
        let admitted = throttle.admit_at(&from("192.0.2.1"), at(0)).await.unwrap();
        assert!(!admitted.succeeded_at(at(0)).await.is_empty());
        throttle.admit(&from("192.0.2.1")).await.unwrap().not_compared().await;
    }
    assert_eq!(admitted(&throttle, from("192.0.2.1"), at(0)).await, 5);
}

#[test]
fn of_64_attempts_at_the_same_time_as_many_are_admitted_as_the_limit_says() {
    for limit in [1, 5, 63] {
        let throttle = throttle().account(Limit { burst: limit, period: Duration::from_secs(30) });
        let barrier = Barrier::new(64);
        let attempt = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            barrier.wait();
            runtime.block_on(throttle.admit_at(&from("192.0.2.1"), at(0))).is_ok()
        };
        let admitted = thread::scope(|scope| {
            let threads: Vec<_> = (0..64).map(|_| scope.spawn(attempt)).collect();
            threads.into_iter().map(|thread| u32::from(thread.join().unwrap())).sum::<u32>()
        });
        // The address allows 60.
        assert_eq!(admitted, limit.min(60));
    }
}

/// Remembers the keys.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(Digest, Limit)>>>);

impl ThrottleStore for Seen {
    async fn take(&self, key: &Digest, limit: Limit, _: SystemTime) -> Result<Taken, StoreError> {
        self.0.lock().unwrap().push((*key, limit));
        Ok(Taken::Allowed)
    }

    async fn give_back(&self, _: &Digest, _: Limit, _: SystemTime) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_store_sees_keyed_digests_the_address_first() {
    let seen = Seen::default();
    for secret in [[7; 32], [8; 32]] {
        let throttle = Throttle::new(seen.clone(), &HmacKey::new(secret).unwrap());
        drop(throttle.admit_at(&from("192.0.2.1"), at(0)).await.unwrap());
    }
    let seen = seen.0.lock().unwrap().clone();
    assert_eq!(seen.iter().map(|(_, limit)| limit.burst).collect::<Vec<_>>(), [60, 5, 60, 5]);
    let mut keys: Vec<_> = seen.into_iter().map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 4);
}

#[test]
fn a_refusal_is_429_with_whole_seconds_rounded_up() {
    for (millis, seconds) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (29_999, 30), (u64::MAX, u32::MAX)] {
        let error = AuthError::from(Throttled { retry_after: Duration::from_millis(millis) });
        assert_eq!((error.status().as_u16(), error.retry_after()), (429, Some(seconds)));
    }
}

#[tokio::test]
async fn debug_output_shows_no_secrets() {
    let throttle = throttle();
    let cookie = throttle.admit(&account("johndoe")).await.unwrap().succeeded().await;
    let attempt = Attempt { device: Some(&cookie), ..account("johndoe") };
    let admitted: Admitted = throttle.admit(&attempt).await.unwrap();
    let printed = format!("{throttle:?} {attempt:?} {admitted:?}");
    assert!(!printed.contains(&cookie) && !printed.contains("7, 7, 7"), "{printed}");
}
