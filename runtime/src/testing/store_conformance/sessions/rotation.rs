//! Refresh tokens that are used once, again, and by somebody who has a copy.

use super::{
    super::{
        at_once::ok,
        names::{HOUR, SECOND, digest, ms},
    },
    login::{GRACE, login, rotate, rotation},
};
use crate::login::store::{Rotated, Rotation, SessionStore};

pub(super) async fn all<S: SessionStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    unused(a, b).await;
    unknown(a).await;
    repeated(a, b).await;
    too_late(a, b).await;
    without_grace(a).await;
    another_successor(a, b).await;
    successor_used(a, b).await;
    waited(a, b).await;
    successor_stays(a).await;
    clock_behind(a).await;
}

async fn unused<S: SessionStore>(a: &S, b: &S) {
    let login = login(a).await;
    for _ in 0..3 {
        let found = ok(b.find(&login.token).await);
        assert!(found.as_ref() == Some(&login.session), "`find` has to return what `begin` was given; it is {found:?}");
    }
    let successor = digest();
    let answer = rotate(b, login.token, successor, login.now + SECOND).await;
    assert!(answer == login.rotated(false), "`find` must not use a token up; the answer is {answer:?}");
    for (token, which) in [(login.token, "a used token"), (successor, "the successor")] {
        let found = ok(a.find(&token).await);
        assert!(found.as_ref() == Some(&login.session), "`find` has to know {which}; it returns {found:?}");
    }
    let answer = rotate(a, successor, digest(), login.now + 2 * SECOND).await;
    assert!(answer == login.rotated(false), "the successor is the next refresh token; the answer is {answer:?}");
    assert!(login.ended(b).await.is_none(), "a session must not end when its tokens are used one after the other");
}

async fn unknown<S: SessionStore>(store: &S) {
    let login = login(store).await;
    assert!(ok(store.find(&digest()).await).is_none(), "`find` must not return a session for an unknown token");
    let answer = rotate(store, digest(), digest(), login.now).await;
    assert!(answer == Rotated::Refused, "an unknown token has to be refused; the answer is {answer:?}");
    // Half of a digest is right.
    let mut near = login.token;
    near[31] ^= 1;
    let answer = rotate(store, near, digest(), login.now).await;
    assert!(answer == Rotated::Refused, "a digest that differs in one bit is another one; the answer is {answer:?}");
}

async fn repeated<S: SessionStore>(a: &S, b: &S) {
    let (login, successor) = login(a).await.used(a).await;
    for (store, after) in [(b, ms(0)), (a, ms(1)), (b, ms(9_999)), (a, ms(5_000))] {
        let answer = rotate(store, login.token, successor, login.now + after).await;
        assert!(
            answer == login.rotated(true),
            "a token that is used again {after:?} after its first use, with 10 s of grace, the same successor, and the successor \
             unused, has to be rotated as `repeated`; the answer is {answer:?}"
        );
    }
    // A grace that began with each use would never end.
    let answer = rotate(b, login.token, successor, login.now + GRACE).await;
    assert!(
        answer == login.reused(true),
        "the grace begins with the first use, not the last; the answer is {answer:?}"
    );
}

async fn too_late<S: SessionStore>(a: &S, b: &S) {
    let (login, successor) = login(a).await.used(a).await;
    let late = login.now + GRACE;
    let answer = rotate(b, login.token, successor, late).await;
    assert!(
        answer == login.reused(true),
        "a token that is used again exactly when the grace is over is reused, and its session ends; the answer is {answer:?}"
    );
    let at = login.ended(a).await;
    assert!(at == Some(late), "a session that reuse has ended is in `ended_since`, at {late:?}; it has {at:?}");
    let answer = rotate(a, successor, digest(), late).await;
    assert!(answer == Rotated::Refused, "an unused token of an ended session has to be refused; it is {answer:?}");
    for store in [a, b] {
        let answer = rotate(store, login.token, successor, late + SECOND).await;
        assert!(answer == login.reused(false), "a session ends only once; the second reuse is answered {answer:?}");
    }
    let at = login.ended(b).await;
    assert!(at == Some(late), "a session keeps the time of its end ({late:?}) when it is reused again; it has {at:?}");
    let list = ok(a.sessions_of(&login.session.subject, late, 10).await);
    assert!(list.is_empty(), "`sessions_of` must not list a session that reuse has ended; it lists {list:?}");
}

async fn without_grace<S: SessionStore>(store: &S) {
    let (login, successor) = login(store).await.used(store).await;
    let without = Rotation { grace: ms(0), ..rotation(login.token, successor, login.now) };
    let answer = ok(store.rotate(&without).await);
    assert!(answer == login.reused(true), "without grace, each second use is reuse; the answer is {answer:?}");
}

async fn another_successor<S: SessionStore>(a: &S, b: &S) {
    // Also if it is known: as the unused token of another session.
    let (begun, stranger) = (login(a).await.used(a).await, login(a).await);
    let answer = rotate(b, begun.0.token, stranger.token, begun.0.now + SECOND).await;
    assert!(
        answer == begun.0.reused(true),
        "the token of another session is another successor; the answer is {answer:?}"
    );
    let answer = rotate(b, stranger.token, digest(), stranger.now + SECOND).await;
    assert!(answer == stranger.rotated(false), "reuse must not touch other sessions; the answer is {answer:?}");
    let (login, successor) = login(a).await.used(a).await;
    let other = digest();
    let answer = rotate(b, login.token, other, login.now + SECOND).await;
    assert!(
        answer == login.reused(true),
        "a token that is used again within the grace, but with another successor, is reused; the answer is {answer:?}"
    );
    let found = ok(a.find(&other).await);
    assert!(found.is_none(), "the successor of a reused token must not be kept; `find` returns {found:?}");
    let answer = rotate(a, successor, digest(), login.now + SECOND).await;
    assert!(answer == Rotated::Refused, "reuse ends the session, so its token has to be refused; it is {answer:?}");
}

async fn successor_used<S: SessionStore>(a: &S, b: &S) {
    let (login, one) = login(a).await.used(a).await;
    let two = digest();
    let answer = rotate(b, one, two, login.now + SECOND).await;
    assert!(answer == login.rotated(false), "the successor is the next token; the answer is {answer:?}");
    let answer = rotate(a, login.token, one, login.now + SECOND).await;
    assert!(
        answer == login.reused(true),
        "a token may not be used again once its successor was used, even within the grace; the answer is {answer:?}"
    );
    let answer = rotate(b, two, digest(), login.now + SECOND).await;
    assert!(answer == Rotated::Refused, "reuse ends the session, so its token has to be refused; it is {answer:?}");
    let answer = rotate(b, one, two, login.now + SECOND).await;
    assert!(
        answer == login.reused(false),
        "in an ended session, a used token is `Reused` with `ended: false`, also within the grace; the answer is {answer:?}"
    );
}

/// A client that gets no answer asks again, and goes on. Only then is its first call carried out.
async fn waited<S: SessionStore>(a: &S, b: &S) {
    let (login, one) = login(a).await.used(a).await;
    let (two, now) = (digest(), login.now + SECOND);
    let answer = rotate(b, one, two, now).await;
    assert!(answer == login.rotated(false), "the successor is the next token; the answer is {answer:?}");
    for (store, asked) in [(a, now - ms(1)), (b, login.now)] {
        let answer = rotate(store, login.token, one, asked).await;
        assert!(
            answer == Rotated::Refused,
            "a call from before the successor was used has only waited, so it is refused, and the session goes on; it is {answer:?}"
        );
    }
    let answer = rotate(a, two, digest(), now).await;
    assert!(answer == login.rotated(false), "the session goes on; the answer is {answer:?}");
    let answer = rotate(b, login.token, digest(), now - ms(1)).await;
    assert!(answer == login.reused(true), "with another successor, it is reused; the answer is {answer:?}");
}

/// A second use says another time at which the successor expires.
async fn successor_stays<S: SessionStore>(store: &S) {
    let until = |login: &super::login::Login, successor, seconds| Rotation {
        idle_until: login.now + seconds * SECOND,
        ..rotation(login.token, successor, login.now)
    };
    for (second, use_at, is_good) in [(50, ms(20_000), false), (5, ms(19_999), true)] {
        let (login, successor) = (login(store).await, digest());
        ok(store.rotate(&until(&login, successor, 20)).await);
        ok(store.rotate(&until(&login, successor, second)).await);
        let answer = rotate(store, successor, digest(), login.now + use_at).await;
        let expected = if is_good { login.rotated(false) } else { Rotated::Refused };
        assert!(
            answer == expected,
            "a successor that is kept already stays as it is, and expires when the first use said; {use_at:?} after it, with 20 s \
             from the first use and {second} s from the second, the answer is {answer:?}"
        );
    }
}

/// Another replica has a clock that is behind.
async fn clock_behind<S: SessionStore>(store: &S) {
    let login = login(store).await;
    let (now, successor) = (login.now, digest());
    let answer = rotate(store, login.token, successor, now - SECOND).await;
    assert!(answer == login.rotated(false), "a clock may be a second behind the one at `begin`; it is {answer:?}");
    let answer = rotate(store, login.token, successor, now - 2 * SECOND).await;
    assert!(answer == login.rotated(true), "a clock may be a second behind the one at the first use; it is {answer:?}");
    let answer = rotate(store, successor, digest(), now + HOUR / 120).await;
    assert!(answer == login.rotated(false), "the successor is the next token; the answer is {answer:?}");
}
