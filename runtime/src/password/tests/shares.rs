//! Shares of the queue: their bounds, their turns, and who leaves when it is full.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use super::{Tested, cheap};
use crate::password::{
    PasswordError, PasswordPolicy, Passwords,
    lanes::{Lanes, Permit, Share},
};

type Waiting = Pin<Box<dyn Future<Output = Result<Permit, PasswordError>> + Send>>;

/// Asks for a permit once, so that it is refused, or waits.
fn ask(lanes: &Arc<Lanes>, share: Share) -> (Waiting, Poll<Result<(), PasswordError>>) {
    let mut waiting = waiting(lanes, share);
    let answer = poll(&mut waiting);
    (waiting, answer.map_ok(drop))
}

fn waiting(lanes: &Arc<Lanes>, share: Share) -> Waiting {
    let lanes = Arc::clone(lanes);
    Box::pin(async move { lanes.permit(share).await })
}

fn poll(waiting: &mut Waiting) -> Poll<Result<Permit, PasswordError>> {
    pin!(waiting).poll(&mut Context::from_waker(Waker::noop()))
}

/// Lanes with one permit, which is taken.
fn busy(places: usize) -> (Arc<Lanes>, Permit) {
    let lanes = Lanes::new(1, places);
    let Poll::Ready(Ok(permit)) = poll(&mut waiting(&lanes, Share::Common)) else { unreachable!("a permit is free") };
    (lanes, permit)
}

fn count(lanes: &Arc<Lanes>, share: Share, asked: usize) -> (Vec<Waiting>, usize) {
    let asked: Vec<_> = (0..asked).map(|_| ask(lanes, share)).collect();
    let waiting: Vec<_> =
        asked.into_iter().filter(|(_, answer)| answer.is_pending()).map(|(waiting, _)| waiting).collect();
    let count = waiting.len();
    (waiting, count)
}

#[test]
fn a_share_takes_one_in_16_places_and_at_least_one() {
    for (places, most) in [(256, 16), (32, 2), (31, 1), (1, 1), (0, 0)] {
        let (lanes, _permit) = busy(places);
        let (waiting, taken) = count(&lanes, Share::Of(1), 300);
        assert_eq!(taken, most, "{places}");
        drop(waiting);
        assert_eq!(count(&lanes, Share::Common, 300).1, places, "the common share of {places}");
    }
}

#[test]
fn shares_are_served_in_turn_and_each_in_order() {
    let (lanes, permit) = busy(256);
    let asked: Vec<_> =
        [1, 1, 1, 1, 2, 2, 3].into_iter().map(|share| (share, ask(&lanes, Share::Of(share)).0)).collect();
    let mut asked: Vec<_> = asked.into_iter().enumerate().map(|(at, (share, waiting))| (share, at, waiting)).collect();
    let mut served = Vec::new();
    let mut permit = Some(permit);
    while !asked.is_empty() {
        drop(permit.take());
        asked.retain_mut(|(share, at, waiting)| match poll(waiting) {
            Poll::Ready(Ok(next)) => {
                assert!(permit.replace(next).is_none(), "one at a time");
                served.push((*share, *at));
                false
            }
            _ => true,
        });
    }
    assert_eq!(served, [(1, 0), (2, 4), (3, 6), (1, 1), (2, 5), (1, 2), (1, 3)]);
}

#[test]
fn in_a_full_queue_the_share_that_waits_most_gives_a_place() {
    let (lanes, _permit) = busy(32);
    let (mut common, taken) = count(&lanes, Share::Common, 40);
    assert_eq!(taken, 32);
    let (_first, taken) = count(&lanes, Share::Of(1), 3);
    assert_eq!(taken, 2);
    // The latest ones have left, and are told so.
    let left = common.iter_mut().map(|waiting| poll(waiting).is_ready()).collect::<Vec<_>>();
    assert_eq!(left.iter().position(|left| *left), Some(30));
    assert!(left[30..].iter().all(|left| *left));
    assert_eq!(count(&lanes, Share::Common, 1).1, 0);
}

#[test]
fn a_share_gives_no_place_to_one_that_waits_as_much() {
    let (lanes, _permit) = busy(16);
    let waiting: Vec<_> = (0..16).map(|share| ask(&lanes, Share::Of(share))).collect();
    assert!(waiting.iter().all(|(_, answer)| answer.is_pending()));
    assert_eq!(ask(&lanes, Share::Of(99)).1, Poll::Ready(Err(PasswordError::Busy)));
}

#[test]
fn whoever_goes_away_leaves_nothing_behind() {
    let (lanes, permit) = busy(256);
    for share in [Share::Common, Share::Of(1), Share::Of(2)] {
        drop(count(&lanes, share, 300));
    }
    let (mut woken, _) = ask(&lanes, Share::Of(3));
    drop(permit);
    // It goes away after it was given the permit, which the next one gets.
    let (next, answer) = ask(&lanes, Share::Of(4));
    assert!(answer.is_pending());
    assert!(matches!(poll(&mut woken), Poll::Ready(Ok(_))));
    drop((woken, next));
    assert!(matches!(ask(&lanes, Share::Of(5)).1, Poll::Ready(Ok(()))));
    let (lanes, permit) = busy(256);
    let (unwoken, _) = ask(&lanes, Share::Of(3));
    drop(permit);
    drop(unwoken);
    assert!(matches!(ask(&lanes, Share::Of(5)).1, Poll::Ready(Ok(()))));
    assert_eq!(lanes.idle(), Some(1));
}

#[tokio::test]
async fn methods_of_a_share_answer_as_those_of_all() -> Tested {
    let passwords = Passwords::new(cheap()?);
    let share = passwords.share("johndoe");
    let hash = share.hash("secret").await?;
    assert!(passwords.verify("secret", Some(&hash)).await?.is_accepted());
    assert!(share.verify("secret", Some(&hash)).await?.is_accepted());
    assert!(share.verify_and_update("secret", Some(&hash)).await?.is_accepted());
    for (password, stored) in [("Secret", Some(hash.as_str())), ("secret", None), ("secret", Some("x"))] {
        assert!(!share.verify(password, stored).await?.is_accepted());
        assert!(!share.verify_and_update(password, stored).await?.is_accepted());
    }
    assert_eq!(share.hash("x".repeat(1025)).await, Err(PasswordError::TooLong));
    assert!(!format!("{share:?}").contains("johndoe"));
    Ok(())
}

/// Half of the attack is refused, and honest logins of other accounts wait for a few hashes each, not for the whole queue.
#[tokio::test]
async fn a_flood_on_one_account_delays_others_by_a_few_hashes() -> Tested {
    let passwords = Passwords::new(PasswordPolicy::default().concurrency(1).queue(256));
    let one = Instant::now();
    let _ = passwords.verify("secret", None).await?;
    let one = one.elapsed();
    let times = Arc::new(Mutex::new(Vec::new()));
    let flood = passwords.share("victim");
    let flood: Vec<_> = (0..1_000)
        .map(|_| {
            let flood = flood.clone();
            tokio::spawn(async move { flood.verify("wrong", None).await })
        })
        .collect();
    tokio::task::yield_now().await;
    for number in 0..4 {
        let begin = Instant::now();
        let _ = passwords.share(number).verify("secret", None).await?;
        times.lock().map_err(|_| "poisoned")?.push(begin.elapsed());
    }
    let mut refused = 0;
    for attempt in flood {
        refused += usize::from(attempt.await? == Err(PasswordError::Busy));
    }
    assert_eq!(refused, 1_000 - 17);
    let longest = times.lock().map_err(|_| "poisoned")?.iter().max().copied().unwrap_or_default();
    // At most three hashes if nothing else runs on the machine, where the whole queue would be 17.
    assert!(longest < one * 9 + Duration::from_millis(50), "{longest:?} {one:?}");
    Ok(())
}
