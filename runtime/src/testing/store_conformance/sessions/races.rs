//! Calls at the same time, on all replicas.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use super::{
    super::{
        at_once::{at_once, done, given_up, ok},
        names::{HOUR, digest, ms},
    },
    login::{GRACE, login, rotate, rotation},
};
use crate::login::store::{Digest, Ending, Rotated, SessionStore};

const ROUNDS: usize = 40;
const AT_ONCE: usize = 8;

pub(super) async fn all<S: SessionStore + Clone>(replicas: &[S]) {
    for round in 0..ROUNDS {
        same_successor(replicas).await;
        if round % 4 == 0 {
            other_successors(replicas).await;
            replayed(replicas).await;
            ended_once(replicas).await;
            ended_while_rotating(replicas, round as u64 / 4).await;
        }
        given_up_on_the_way(replicas, ms(round as u64 / 8)).await;
    }
}

async fn same_successor<S: SessionStore + Clone>(replicas: &[S]) {
    let (login, successor) = (login(&replicas[0]).await, digest());
    let rotation = rotation(login.token, successor, login.now);
    let answers = at_once(replicas, AT_ONCE, |store, _| {
        let rotation = rotation.clone();
        async move { ok(store.rotate(&rotation).await) }
    });
    let (mut first, mut repeated) = (0, 0);
    for answer in answers.await {
        first += usize::from(answer == login.rotated(false));
        repeated += usize::from(answer == login.rotated(true));
    }
    assert!(
        (first, repeated) == (1, AT_ONCE - 1),
        "of {AT_ONCE} uses of one token at once with the same successor, one has to be rotated first and the others as `repeated`; \
         {first} were first, and {repeated} repeated"
    );
    assert!(
        login.ended(&replicas[0]).await.is_none(),
        "uses of one token at once with one successor ended its session"
    );
    let answer = rotate(&replicas[0], successor, digest(), login.now).await;
    assert!(answer == login.rotated(false), "after uses at once, the successor is the next token; it is {answer:?}");
}

/// What came of uses of one token at once: how many were rotated, how many reused, and how many have ended the session.
fn counts(answers: &[Rotated]) -> (usize, usize, usize) {
    let count = |of: fn(&Rotated) -> bool| answers.iter().filter(|answer| of(answer)).count();
    (
        count(|answer| matches!(answer, Rotated::Rotated { repeated: false, .. })),
        count(|answer| matches!(answer, Rotated::Reused { .. })),
        count(|answer| matches!(answer, Rotated::Reused { ended: true, .. })),
    )
}

async fn other_successors<S: SessionStore + Clone>(replicas: &[S]) {
    let login = login(&replicas[0]).await;
    let successors: [Digest; AT_ONCE] = std::array::from_fn(|_| digest());
    let answers = at_once(replicas, AT_ONCE, |store, at| {
        let rotation = rotation(login.token, successors[at], login.now);
        async move { ok(store.rotate(&rotation).await) }
    });
    let answers = answers.await;
    assert!(
        counts(&answers) == (1, AT_ONCE - 1, 1),
        "of uses of one token at once with different successors, one is rotated, the others are reused, and one of them has ended the \
         session; the answers are {answers:?}"
    );
    for successor in successors {
        let answer = rotate(&replicas[0], successor, digest(), login.now).await;
        assert!(answer == Rotated::Refused, "after reuse, no successor may be good; one is {answer:?}");
    }
}

async fn replayed<S: SessionStore + Clone>(replicas: &[S]) {
    let (login, successor) = login(&replicas[0]).await.used(&replicas[0]).await;
    let late = rotation(login.token, successor, login.now + GRACE);
    let answers = at_once(replicas, AT_ONCE, |store, _| {
        let late = late.clone();
        async move { ok(store.rotate(&late).await) }
    });
    let answers = answers.await;
    assert!(
        counts(&answers) == (0, AT_ONCE, 1),
        "of replays at once, all are reused, and exactly one has ended the session; the answers are {answers:?}"
    );
}

async fn ended_once<S: SessionStore + Clone>(replicas: &[S]) {
    let login = login(&replicas[0]).await;
    let (id, subject) = (login.session.id, login.session.subject.clone());
    let time = |at: usize| login.now + ms(at as u64);
    let answers = at_once(replicas, AT_ONCE, |store, at| {
        let (subject, now) = (subject.clone(), time(at));
        let until = now + HOUR;
        async move {
            let which = if at.is_multiple_of(2) { Ending::Session(id) } else { Ending::Subject(&subject) };
            ok(store.end(which, now, until).await)
        }
    });
    let answers = answers.await;
    let mut winners = (0..AT_ONCE).filter(|at| answers[*at] == [id]);
    let winner = winners.next().unwrap_or_else(|| panic!("of calls of `end` at once, none has ended the session"));
    assert!(winners.next().is_none(), "of calls of `end` at once, several have ended the session: {answers:?}");
    let at = login.ended(&replicas[0]).await;
    assert!(at == Some(time(winner)), "a session ends at the time of the call that returned it; it has {at:?}");
}

/// A token that was not rotated before its session ended is never rotated after it.
async fn ended_while_rotating<S: SessionStore + Clone>(replicas: &[S], delay: u64) {
    let login = login(&replicas[0]).await;
    let mut chain: Vec<Digest> = (0..24).map(|_| digest()).collect();
    chain.insert(0, login.token);
    let is_ended = Arc::new(AtomicBool::new(false));
    let rotating = {
        let (store, is_ended, chain, now) = (replicas[0].clone(), Arc::clone(&is_ended), chain.clone(), login.now);
        tokio::spawn(async move {
            for pair in chain.windows(2) {
                let has_ended = is_ended.load(Ordering::SeqCst);
                let answer = rotate(&store, pair[0], pair[1], now).await;
                let is_rotated = matches!(answer, Rotated::Rotated { .. });
                assert!(!(has_ended && is_rotated), "a token was rotated after `end` had returned");
                if !is_rotated {
                    break;
                }
            }
        })
    };
    let store = &replicas[replicas.len() - 1];
    tokio::time::sleep(Duration::from_micros(delay * 400)).await;
    let ended = ok(store.end(Ending::Session(login.session.id), login.now, login.now + HOUR).await);
    is_ended.store(true, Ordering::SeqCst);
    assert!(ended == [login.session.id], "`end` has to end a session whose tokens are being used; it ends {ended:?}");
    done(rotating).await;
    for pair in chain.windows(2) {
        let answer = rotate(store, pair[0], pair[1], login.now).await;
        let is_rotated = matches!(answer, Rotated::Rotated { .. });
        assert!(!is_rotated, "no token of a session may be rotated after `end` has returned; one is {answer:?}");
    }
}

/// A client that goes away gets a second chance, whatever the store has done until then.
async fn given_up_on_the_way<S: SessionStore + Clone>(replicas: &[S], after: Duration) {
    let (login, successor) = (login(&replicas[0]).await, digest());
    let (store, first) = (replicas[0].clone(), rotation(login.token, successor, login.now));
    given_up(async move { store.rotate(&first).await }, after).await;
    let store = &replicas[replicas.len() - 1];
    let answer = rotate(store, login.token, successor, login.now + ms(1)).await;
    assert!(
        matches!(answer, Rotated::Rotated { .. }),
        "if a call of `rotate` is given up, the same call again has to be rotated; the answer is {answer:?}"
    );
    let answer = rotate(store, successor, digest(), login.now + ms(2)).await;
    assert!(
        answer == login.rotated(false),
        "after a call that was given up, the successor is the next token: {answer:?}"
    );
}
