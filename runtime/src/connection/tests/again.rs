//! Leases whose token is verified again.

use std::{
    future::{pending, ready},
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::time::{Instant, sleep, timeout};

use super::{HOUR, claims, is_about, seconds};
use crate::{
    connection::{ended::Ended, expiry::Clock, lease::Lease},
    credential::presented::{Presented, PresentedAs},
    token::{
        claims::Claims, confirmation::Confirmation, error::TokenError, judge::VerifyToken, verified::VerifiedToken,
        verify_error::VerifyError,
    },
};

type Checked = Result<Claims, VerifyError>;

fn unavailable(retry_after: u32) -> Checked {
    Err(VerifyError::unavailable(retry_after, io::Error::other("down")))
}

/// A lease of an hour that is checked each minute, with these results, of which the last one stays; and the times of the checks, in
/// seconds since it was made.
fn checked(results: impl Into<Vec<Checked>>) -> (Lease, Arc<std::sync::Mutex<Vec<u64>>>) {
    let (mut results, begin, times) = (results.into(), Instant::now(), Arc::default());
    let log: Arc<std::sync::Mutex<Vec<u64>>> = Arc::clone(&times);
    results.reverse();
    let lease = Lease::of(&claims(HOUR)).check_again(seconds(60), move || {
        log.lock().unwrap_or_else(|never| unreachable!("{never}")).push(begin.elapsed().as_secs());
        ready(if results.len() > 1 { results.pop() } else { results.last().cloned() }.unwrap_or_else(|| unavailable(1)))
    });
    (lease, times)
}

fn times(times: &std::sync::Mutex<Vec<u64>>) -> Vec<u64> {
    times.lock().map(|times| times.clone()).unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn a_token_is_checked_at_each_interval_until_it_is_refused() {
    let (mut lease, log) = checked([Ok(claims(HOUR)), Ok(claims(HOUR)), Err(TokenError::Inactive.into())]);
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
    assert_eq!(times(&log), [60, 120, 180]);
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
}

/// Waits for the end of a connection on which a message comes every 7 seconds, and fails if 100 come before.
async fn end_between_messages(lease: &mut Lease) {
    for _ in 0..100 {
        if timeout(seconds(7), lease.ended()).await.is_ok() {
            return;
        }
    }
    panic!("the connection does not end");
}

#[tokio::test(start_paused = true)]
async fn messages_do_not_put_off_a_check() {
    let (mut lease, log) = checked([Ok(claims(HOUR)), Err(TokenError::Inactive.into())]);
    end_between_messages(&mut lease).await;
    assert_eq!(times(&log), [60, 120]);
}

/// A check takes longer than the messages leave it time.
#[tokio::test(start_paused = true)]
async fn messages_do_not_begin_a_check_anew() {
    let begun = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&begun);
    let mut lease = Lease::of(&claims(HOUR)).check_again(seconds(60), move || {
        count.fetch_add(1, Relaxed);
        async {
            sleep(seconds(20)).await;
            Err(TokenError::Inactive.into())
        }
    });
    let begin = Instant::now();
    end_between_messages(&mut lease).await;
    assert_eq!((begun.load(Relaxed), begin.elapsed()), (1, seconds(80)));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_grants_less_or_is_of_another_ends() {
    for (sub, scope) in
        [("joe", "events chat"), ("", "events chat"), ("amy", "events"), ("amy", ""), ("amy", "event chat")]
    {
        let (mut lease, log) = checked([Ok(Claims::new(sub, scope, HOUR))]);
        assert_eq!(lease.ended().await, Ended::Changed, "{sub} {scope}");
        assert_eq!(times(&log), [60]);
    }
    // A scope that came later may go again.
    let more = Claims::new("amy", "chat more events", HOUR);
    let (mut lease, log) = checked([Ok(more), Ok(claims(HOUR)), Err(TokenError::Inactive.into())]);
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
    assert_eq!(times(&log), [60, 120, 180]);
}

thread_local! {
    static BEGIN: Instant = Instant::now();
}

/// A system clock that goes on with the paused one.
const THAT_GOES_ON: Clock = || BEGIN.with(|begin| begin.elapsed().as_secs_f64());

/// Claims that expire by that clock.
fn until(rest: Duration) -> Claims {
    let mut claims = claims(HOUR);
    claims.exp = THAT_GOES_ON() as u64 + rest.as_secs();
    claims
}

/// A session lasts longer with use.
#[tokio::test(start_paused = true)]
async fn a_check_puts_off_the_end() {
    let lease = Lease::by_clock(&until(seconds(100)), THAT_GOES_ON);
    let mut lease = lease.check_again(seconds(60), || ready(Ok(until(seconds(100)))));
    assert!(timeout(HOUR, lease.ended()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_check_brings_the_end_nearer() {
    let lease = Lease::by_clock(&until(HOUR), THAT_GOES_ON);
    let mut lease = lease.check_again(seconds(60), || ready(Ok(until(seconds(10)))));
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(is_about(Duration::from_secs_f64(THAT_GOES_ON()), 70));
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_tolerated_for_a_while() {
    // As long as the interval, if nothing else is set.
    let (lease, log) = checked([unavailable(25)]);
    let begin = Instant::now();
    assert_eq!({ lease }.ended().await, Ended::Unverified);
    assert_eq!((times(&log), begin.elapsed()), (vec![60, 85, 110], seconds(120)));
    // `Retry-After` neither floods nor puts off.
    let (lease, log) = checked([unavailable(0), unavailable(u32::MAX), unavailable(50)]);
    let begin = Instant::now();
    assert_eq!(lease.tolerate(seconds(90)).ended().await, Ended::Unverified);
    assert_eq!((times(&log), begin.elapsed()), (vec![60, 61, 121], seconds(150)));
}

#[tokio::test(start_paused = true)]
async fn an_outage_that_is_over_is_forgotten() {
    let (lease, log) = checked([unavailable(50), Ok(claims(HOUR)), unavailable(50), Ok(claims(HOUR)), unavailable(70)]);
    let begin = Instant::now();
    assert_eq!({ lease }.ended().await, Ended::Unverified);
    // Good at 110 and at 220.
    assert_eq!((times(&log), begin.elapsed()), (vec![60, 110, 170, 220, 280], seconds(340)));
}

#[tokio::test(start_paused = true)]
async fn a_check_that_hangs_is_not_waited_for() {
    let hang = || pending::<Checked>();
    let begin = Instant::now();
    let mut lease = Lease::of(&claims(HOUR)).check_again(seconds(60), hang).tolerate(seconds(10));
    assert_eq!(lease.ended().await, Ended::Unverified);
    assert_eq!(begin.elapsed(), seconds(70));
    // Nor is it when the token expires.
    let begin = Instant::now();
    let mut lease = Lease::of(&claims(seconds(65))).check_again(seconds(60), hang).tolerate(HOUR);
    assert_eq!(lease.ended().await, Ended::Expired);
    assert!(is_about(begin.elapsed(), 65), "{:?}", begin.elapsed());
}

/// A token that was good when a slow check began may have been revoked since.
#[tokio::test(start_paused = true)]
async fn a_slow_check_counts_from_its_beginning() {
    let mut checks = 0;
    let mut lease = Lease::of(&claims(HOUR)).check_again(seconds(60), move || {
        checks += 1;
        let (slow, result) = if checks == 1 { (40, Ok(claims(HOUR))) } else { (0, unavailable(1)) };
        async move {
            sleep(seconds(slow)).await;
            result
        }
    });
    let begin = Instant::now();
    assert_eq!(lease.ended().await, Ended::Unverified);
    assert_eq!(begin.elapsed(), seconds(60 + 120));
}

#[tokio::test(start_paused = true)]
async fn intervals_are_within_bounds() {
    let (count, begin) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let counted = Arc::clone(&count);
    let mut lease = Lease::of(&claims(HOUR)).check_again(Duration::ZERO, move || {
        counted.fetch_add(1, Relaxed);
        ready(Ok(claims(HOUR)))
    });
    assert!(timeout(seconds(10), lease.ended()).await.is_err());
    assert_eq!(count.load(Relaxed), 10);
    let mut lease =
        Lease::of(&claims(HOUR)).check_again(seconds(60), || ready(unavailable(1))).tolerate(Duration::ZERO);
    assert_eq!(lease.ended().await, Ended::Unverified);
    assert_eq!(begin.elapsed(), seconds(10 + 61));
    let never = || ready(Err(TokenError::Inactive.into()));
    let mut lease =
        Lease::of(&Claims::new("amy", "", Duration::MAX)).check_again(Duration::MAX, never).tolerate(Duration::MAX);
    assert!(timeout(24 * HOUR, lease.ended()).await.is_err());
}

/// Accepts each token twice, and not in another place than it came from.
#[derive(Clone)]
struct Twice(Arc<AtomicUsize>);

impl VerifyToken for Twice {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        let is_ours = (presented.token(), presented.how()) == ("amys-token", PresentedAs::Cookie);
        let is_good = is_ours && self.0.fetch_add(1, Relaxed) < 2;
        if is_good { Ok(VerifiedToken::of(claims(HOUR))) } else { Err(TokenError::Inactive.into()) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_verifier_is_asked_again_with_the_same_token() {
    let presented = Presented::new("amys-token", PresentedAs::Cookie);
    let verifier = Twice(Arc::default());
    let mut lease = Lease::of(&claims(HOUR)).verify_again(seconds(60), &verifier, &presented);
    assert!(!format!("{lease:?}").contains("amys-token"));
    let begin = Instant::now();
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
    assert_eq!(begin.elapsed(), seconds(180));
    // The token is not kept for longer than it is needed.
    assert_eq!(Arc::strong_count(&verifier.0), 1);
}

/// A token that is bound to this key.
#[derive(Clone)]
struct BoundTo(Option<u8>);

impl BoundTo {
    fn claims(&self) -> Claims {
        let mut claims = claims(HOUR);
        claims.cnf = self.0.map(|key| Box::new(Confirmation::of_key([key; 32])));
        claims
    }
}

impl VerifyToken for BoundTo {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, _: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        Ok(VerifiedToken::of(self.claims()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_stays_bound_to_its_sender() {
    for how in [PresentedAs::DPoP, PresentedAs::Bearer] {
        let presented = Presented::new("t", how);
        for (first, then, is_same) in
            [(Some(1), Some(1), true), (Some(1), Some(2), false), (Some(1), None, false), (None, Some(1), false)]
        {
            let lease = Lease::of(&BoundTo(first).claims());
            let mut lease = lease.verify_again(seconds(60), &BoundTo(then), &presented);
            let ended = timeout(seconds(600), lease.ended()).await.ok();
            assert_eq!(ended, (!is_same).then_some(Ended::Changed), "{how:?} {first:?} {then:?}");
            let next = Lease::of(&BoundTo(then).claims());
            let mut lease = Lease::of(&BoundTo(first).claims());
            assert_eq!(lease.renew(next).is_ok(), is_same);
        }
    }
}

/// A verifier that looks tokens up easily forgets their end.
#[tokio::test(start_paused = true)]
async fn a_verifier_that_accepts_an_expired_token_does_not_prolong_it() {
    #[derive(Clone)]
    struct Forgets;
    impl VerifyToken for Forgets {
        const MAY_BE_UNAVAILABLE: bool = false;

        async fn judge(&self, _: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
            Ok(VerifiedToken::of(claims(Duration::ZERO)))
        }
    }
    let presented = Presented::new("t", PresentedAs::Bearer);
    let mut lease = Lease::of(&claims(HOUR)).verify_again(seconds(60), &Forgets, &presented);
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Expired.into()));
}

#[tokio::test(start_paused = true)]
async fn a_next_token_brings_its_own_check() {
    let (mut lease, first) = checked([Ok(claims(HOUR))]);
    assert!(timeout(seconds(70), lease.ended()).await.is_err());
    let (next, second) = checked([Err(TokenError::Inactive.into())]);
    assert_eq!(lease.renew(next), Ok(()));
    assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
    assert_eq!((times(&first), times(&second)), (vec![60], vec![60]));
}
