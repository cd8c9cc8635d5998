//! What the list knows, for how long, and when it knows nothing.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{OVERLAP, Revocations};
use crate::login::{
    store::{Ended, SessionId},
    times::seconds,
};

const LIFETIME: Duration = Duration::from_secs(300);
const STALENESS: Duration = Duration::from_secs(30);

fn list() -> Revocations {
    Revocations::new(LIFETIME, STALENESS)
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

fn session(number: u32) -> SessionId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    SessionId::from_bytes(bytes)
}

fn ended(number: u32, at: SystemTime) -> Ended {
    Ended { session: session(number), at }
}

fn is_current(list: &Revocations, at: SystemTime) -> bool {
    list.is_current_at(seconds(at))
}

#[test]
fn ended_sessions_are_known_to_all_copies() {
    let (list, copy) = (list(), list().clone());
    assert!(copy.is_empty() && !copy.has_ended(session(1)));
    let copy = list.clone();
    list.end(session(1), at(0));
    list.update(at(1), &[ended(2, at(0)), ended(1, at(0))]);
    for number in [1, 2] {
        assert!(copy.has_ended(session(number)));
    }
    assert!(
        !copy.has_ended(session(3))
            && !copy.has_ended(SessionId::from_bytes([0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]))
    );
    assert_eq!(copy.len(), 2);
    assert!(!copy.is_empty());
    assert_eq!(format!("{copy:?}"), "Revocations { sessions: 2, .. }");
}

/// Also for a lifetime that no clock reaches.
#[test]
fn a_session_is_remembered_for_any_lifetime() {
    let list = Revocations::new(Duration::MAX, STALENESS);
    list.end(session(1), at(0));
    list.update(at(1_000_000), &[ended(2, at(0))]);
    assert!(list.has_ended(session(1)) && list.has_ended(session(2)));
}

#[test]
fn a_session_is_remembered_as_long_as_a_token_of_it_may_live() {
    let list = list();
    let keep = LIFETIME + OVERLAP;
    list.end(session(1), at(0));
    list.update(at(10), &[ended(2, at(5))]);
    list.update(at(0) + keep - Duration::from_secs(1), &[]);
    assert!(list.has_ended(session(1)) && list.has_ended(session(2)));
    list.update(at(0) + keep, &[]);
    assert!(!list.has_ended(session(1)) && list.has_ended(session(2)));
    // The store may still tell of it.
    list.update(at(5) + keep, &[ended(1, at(0)), ended(2, at(5))]);
    assert!(list.is_empty());
}

/// A store tells of the same sessions again and again, and each session is there once.
#[test]
fn memory_is_bounded_by_the_sessions_that_end_within_a_lifetime() {
    let list = list();
    let mut most = 0;
    for second in 0..2_000 {
        let recent: Vec<_> =
            (0..60_u32).map(|ago| ended(second - ago.min(second), at(u64::from(second - ago.min(second))))).collect();
        list.update(at(u64::from(second)), &recent);
        most = most.max(list.len());
    }
    assert_eq!(most as u64, (LIFETIME + OVERLAP).as_secs());
    // A flood goes, and its memory, too.
    let flood: Vec<_> = (10_000..110_000).map(|number| ended(number, at(2_000))).collect();
    list.update(at(2_000), &flood);
    assert!(list.0.list.read().unwrap().capacity() >= 100_000);
    list.update(at(3_000), &[]);
    assert!(list.is_empty() && list.0.list.read().unwrap().capacity() <= 2_048);
}

#[test]
fn a_list_that_nobody_tells_anything_is_stale() {
    let list = list();
    assert!(!is_current(&list, at(0)) && !list.is_current());
    list.update(at(0), &[]);
    assert!(is_current(&list, at(0)) && is_current(&list, at(30)));
    assert!(!is_current(&list, at(31)));
    // What ends here says nothing about the rest.
    list.end(session(1), at(31));
    assert!(!is_current(&list, at(31)));
    list.update(at(31), &[]);
    assert!(is_current(&list, at(31)));
    list.update(SystemTime::now(), &[]);
    assert!(list.is_current());
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_a_list_current() {
    let list = list();
    list.update(at(3_600), &[]);
    assert!(!is_current(&list, at(0)));
    list.update(at(0), &[]);
    assert!(is_current(&list, at(0)) && !is_current(&list, at(31)));
    // A clock before 1970 is infinitely far away.
    assert!(!list.is_current_at(f64::INFINITY));
}

/// The store did not keep a logout, and the user went on and logged out again.
#[test]
fn a_session_that_ends_again_is_remembered_from_then_on() {
    let list = list();
    let keep = LIFETIME + OVERLAP;
    list.end(session(1), at(0));
    list.update(at(210), &[ended(1, at(210))]);
    // It was told in the other order before.
    list.update(at(211), &[ended(1, at(0))]);
    assert_eq!(list.len(), 1);
    for second in [0, 209] {
        list.update(at(second) + keep, &[]);
        assert!(list.has_ended(session(1)), "{second}");
    }
    list.update(at(210) + keep, &[]);
    assert!(list.is_empty());
}

#[test]
fn a_clock_that_was_ahead_for_a_moment_makes_the_list_forget_nothing() {
    let list = Revocations::new(LIFETIME, LIFETIME);
    list.update(at(0), &[ended(1, at(0))]);
    list.update(at(0), &[ended(3, at(0) - Duration::from_secs(100))]);
    // Nobody has asked the store meanwhile, so it is not asked about the first ones again.
    list.end(session(2), at(290));
    list.end(session(4), at(3_600));
    assert!(is_current(&list, at(5)) && list.has_ended(session(1)) && list.has_ended(session(3)));
    // Somebody has.
    list.update(at(250), &[]);
    assert!(!is_current(&list, at(5)));
    assert_eq!(list.ask_since(at(5)), at(5) - LIFETIME - OVERLAP);
}

#[test]
fn the_store_is_asked_about_the_last_minute_again() {
    let list = list();
    let window = LIFETIME + OVERLAP;
    assert_eq!(list.ask_since(at(0)), at(0) - window);
    list.update(at(0), &[]);
    assert_eq!(list.ask_since(at(0)), at(0) - OVERLAP);
    assert_eq!(list.ask_since(at(5)), at(0) - OVERLAP);
    // After a while without a store.
    assert_eq!(list.ask_since(at(200)), at(0) - OVERLAP);
    assert_eq!(list.ask_since(at(3_600)), at(3_600) - window);
    // The clock was ahead, and sessions may have been forgotten.
    assert_eq!(list.ask_since(at(0) - Duration::from_secs(1)), at(0) - Duration::from_secs(1) - window);
    assert_eq!(list.ask_since(UNIX_EPOCH), UNIX_EPOCH.checked_sub(window).unwrap_or(UNIX_EPOCH));
}

/// Ends, asks at most every 5 seconds and forgets, with ends that come late: none is missed while it counts.
#[test]
fn an_end_that_comes_late_is_not_missed() {
    let list = list();
    // When it ended, and when the store shows it.
    let ends: Vec<(u32, u64, u64)> =
        (0..500).map(|n: u32| (n, u64::from(n) * 3, u64::from(n) * 3 + u64::from(n * 7 % 50))).collect();
    for now in (0..1_500).step_by(5) {
        let since = list.ask_since(at(now));
        let answer: Vec<_> = ends
            .iter()
            .filter(|(_, ended_at, shown)| *shown <= now && at(*ended_at) >= since)
            .map(|(n, ended_at, _)| ended(*n, at(*ended_at)))
            .collect();
        list.update(at(now), &answer);
        for (n, ended_at, shown) in &ends {
            if *shown <= now && now < ended_at + LIFETIME.as_secs() {
                assert!(list.has_ended(session(*n)), "{n} at {now}");
            }
        }
    }
}

#[test]
fn threads_end_and_ask_at_once() {
    let list = list();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let list = list.clone();
            scope.spawn(move || {
                for n in 0..500 {
                    let number = thread * 1_000 + n;
                    list.end(session(number), at(0));
                    assert!(list.has_ended(session(number)));
                    list.update(at(1), &[ended(number, at(0))]);
                }
            });
        }
    });
    assert_eq!(list.len(), 2_000);
}
