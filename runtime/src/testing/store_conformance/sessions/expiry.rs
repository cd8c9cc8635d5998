//! Refresh tokens and sessions that expire.

use super::{
    super::{
        at_once::ok,
        names::{HOUR, SECOND, digest, far_ahead, ms, now},
    },
    login::{begin, rotate, session},
};
use crate::login::store::{Ending, Rotated, Session, SessionStore};

pub(super) async fn all<S: SessionStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    of_the_token(a, b).await;
    of_the_session(a, b).await;
    ended_when_expired(a).await;
    far(a).await;
}

async fn of_the_token<S: SessionStore>(a: &S, b: &S) {
    let login = begin(a, session(), 20 * SECOND).await;
    for after in [ms(20_000), ms(20_001), ms(50_000)] {
        let answer = rotate(b, login.token, digest(), login.now + after).await;
        assert!(
            answer == Rotated::Refused,
            "a refresh token of 20 s has expired {after:?} after it was made, and has to be refused; the answer is {answer:?}"
        );
    }
    assert!(login.ended(a).await.is_none(), "a refused token changes nothing, but its session has ended");
    let answer = rotate(b, login.token, digest(), login.now + ms(19_999)).await;
    assert!(
        answer == login.rotated(false),
        "a refresh token of 20 s is good for all of them, and a refusal changes nothing; at 19.999 s the answer is {answer:?}"
    );
}

async fn of_the_session<S: SessionStore>(a: &S, b: &S) {
    let short = session();
    let short = Session { expires: short.started + 20 * SECOND, ..short };
    let login = begin(a, short, HOUR).await;
    let (one, two) = (digest(), digest());
    rotate(a, login.token, one, login.now + SECOND).await;
    let answer = rotate(b, one, two, login.now + 20 * SECOND).await;
    assert!(
        answer == Rotated::Refused,
        "a session of 20 s has expired after 20 s, even if its refresh token lives longer; the answer is {answer:?}"
    );
    let answer = rotate(b, one, two, login.now + ms(19_999)).await;
    assert!(answer == login.rotated(false), "a session of 20 s is good for all of them; it is {answer:?}");
}

/// Access tokens of it may still be valid.
async fn ended_when_expired<S: SessionStore>(store: &S) {
    let short = session();
    let short = Session { expires: short.started + SECOND, ..short };
    let login = begin(store, short, SECOND).await;
    let at = login.now + 2 * SECOND;
    ok(store.end(Ending::Session(login.session.id), at, at + HOUR).await);
    let ended = login.ended(store).await;
    assert!(ended == Some(at), "a session that has expired can be ended like others; `ended_since` has {ended:?}");
}

async fn far<S: SessionStore>(store: &S) {
    let far = Session { expires: far_ahead(), ..session() };
    let idle = far_ahead().duration_since(far.started).unwrap_or_default();
    let login = begin(store, far, idle).await;
    let found = ok(store.find(&login.token).await);
    assert!(
        found.as_ref() == Some(&login.session),
        "times up to the year 9999 have to be kept; `find` returns {found:?}"
    );
    let answer = rotate(store, login.token, digest(), now()).await;
    assert!(answer == login.rotated(false), "a session may live until the year 9999; the answer is {answer:?}");
    let list = ok(store.sessions_of(&login.session.subject, now(), 1).await);
    assert!(list == [login.session.clone()], "`sessions_of` has to list a session until the year 9999; it is {list:?}");
    let ended = ok(store.end(Ending::Session(login.session.id), login.now, far_ahead()).await);
    assert!(ended == [login.session.id], "an end may be remembered until the year 9999; the answer is {ended:?}");
}
