//! When a lease ends by itself.

use std::{cell::Cell, future::pending, time::Duration};

use tokio::time::{Instant, sleep, timeout};

use super::{HOUR, claims, is_about, seconds};
use crate::{
    connection::{ended::Ended, expiry::Clock, lease::Lease},
    token::{claims::Claims, verify::now},
};

#[test]
fn a_lease_can_move_between_threads() {
    fn is_send<T: Send + 'static>() {}
    is_send::<Lease>();
}

#[tokio::test(start_paused = true)]
async fn a_lease_ends_when_its_token_expires() {
    for lifetime in [2, 29, 30, 31, 100, 86_400] {
        let begin = Instant::now();
        let mut lease = Lease::of(&claims(seconds(lifetime)));
        assert_eq!(lease.ended().await, Ended::Expired);
        assert!(is_about(begin.elapsed(), lifetime), "{lifetime}: {:?}", begin.elapsed());
        // It stays so.
        assert_eq!(lease.ended().await, Ended::Expired);
        assert_eq!(lease.run(async {}).await, Err(Ended::Expired));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lease_of_an_expired_token_ends_at_once() {
    let mut expired = claims(HOUR);
    for exp in [0, 1, now() as u64 - 1, now() as u64] {
        expired.exp = exp;
        let begin = Instant::now();
        assert_eq!(Lease::of(&expired).run(pending::<()>()).await, Err(Ended::Expired));
        assert_eq!(begin.elapsed(), Duration::ZERO);
    }
}

#[tokio::test(start_paused = true)]
async fn a_lease_of_a_token_without_an_end_goes_on() {
    for lifetime in [Duration::MAX, seconds(u64::MAX / 2), seconds(1 << 40)] {
        let mut lease = Lease::of(&Claims::new("amy", "events", lifetime));
        assert!(timeout(24 * HOUR, lease.ended()).await.is_err(), "{lifetime:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn work_that_is_done_first_has_its_result() {
    let mut lease = Lease::of(&claims(HOUR));
    assert_eq!(lease.run(async { 1 }).await, Ok(1));
    let slow = async {
        sleep(seconds(60)).await;
        2
    };
    assert_eq!(lease.run(slow).await, Ok(2));
    assert_eq!(lease.run(sleep(2 * HOUR)).await, Err(Ended::Expired));
}

/// A branch of a `select!` is dropped with each message.
#[tokio::test(start_paused = true)]
async fn messages_do_not_prolong_a_lease() {
    let (mut lease, begin) = (Lease::of(&claims(seconds(100))), Instant::now());
    let ended = loop {
        tokio::select! {
            biased;
            () = sleep(Duration::from_millis(10)) => {}
            ended = lease.ended() => break ended,
        }
    };
    assert_eq!(ended, Ended::Expired);
    assert!(is_about(begin.elapsed(), 100), "{:?}", begin.elapsed());
}

thread_local! {
    /// Seconds by which somebody has set the clock.
    static SET: Cell<f64> = const { Cell::new(0.0) };
}

const THAT_IS_SET: Clock = || now() + SET.get();

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_ahead_is_noticed() {
    let (mut lease, begin) = (Lease::by_clock(&claims(HOUR), THAT_IS_SET), Instant::now());
    assert!(timeout(seconds(60), lease.ended()).await.is_err());
    SET.set(3600.0);
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(begin.elapsed() <= seconds(90), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_prolongs_nothing() {
    let (mut lease, begin) = (Lease::by_clock(&claims(seconds(100)), THAT_IS_SET), Instant::now());
    assert!(timeout(seconds(60), lease.ended()).await.is_err());
    SET.set(-86_400.0);
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(is_about(begin.elapsed(), 100), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn with_a_clock_that_cannot_be_read_nothing_goes_on() {
    for clock in [|| f64::INFINITY, || f64::MAX] as [Clock; 2] {
        assert_eq!(Lease::by_clock(&claims(Duration::MAX), clock).ended().await, Ended::Expired);
    }
}

#[tokio::test(start_paused = true)]
async fn a_next_token_goes_on_with_the_connection() {
    let (mut lease, begin) = (Lease::of(&claims(seconds(60))), Instant::now());
    assert_eq!(lease.renew(Lease::of(&claims(seconds(600)))), Ok(()));
    assert!(timeout(seconds(500), lease.ended()).await.is_err());
    // A next token may also end earlier, and grant more.
    let more = Claims::new("amy", "more chat events", seconds(10));
    assert_eq!(lease.renew(Lease::of(&more)), Ok(()));
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(is_about(begin.elapsed(), 510), "{:?}", begin.elapsed());
    // What has ended does not go on.
    assert_eq!(lease.renew(Lease::of(&claims(HOUR))), Err(Ended::Expired));
    assert_eq!(lease.ended().await, Ended::Expired);
}

#[tokio::test(start_paused = true)]
async fn a_next_token_that_is_not_the_same_changes_nothing() {
    let (mut lease, begin) = (Lease::of(&claims(seconds(60))), Instant::now());
    for (sub, scope) in [("joe", "events chat"), ("amy", "events"), ("amy", ""), ("amy", "events chats")] {
        let other = Claims::new(sub, scope, HOUR);
        assert_eq!(lease.renew(Lease::of(&other)), Err(Ended::Changed), "{sub} {scope}");
    }
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(is_about(begin.elapsed(), 60), "{:?}", begin.elapsed());
}

/// Nobody has asked the lease since it expired.
#[tokio::test(start_paused = true)]
async fn a_next_token_comes_too_late_after_the_end() {
    let mut lease = Lease::of(&claims(seconds(60)));
    sleep(seconds(61)).await;
    assert_eq!(lease.renew(Lease::of(&claims(HOUR))), Err(Ended::Expired));
}

#[tokio::test(start_paused = true)]
async fn a_user_of_another_issuer_does_not_go_on_with_a_lease() {
    let lease = |issuer: Option<&str>| match issuer {
        Some(issuer) => Lease::of(&claims(HOUR)).of_issuer(issuer),
        None => Lease::of(&claims(HOUR)),
    };
    for (first, next, expected) in [
        (Some("https://a"), Some("https://a"), Ok(())),
        (Some("https://a"), Some("https://b"), Err(Ended::Changed)),
        (Some("https://a"), None, Err(Ended::Changed)),
        (None, Some("https://a"), Err(Ended::Changed)),
        (None, None, Ok(())),
    ] {
        assert_eq!(lease(first).renew(lease(next)), expected, "{first:?} {next:?}");
    }
}
