//! The list of a subject's sessions.

use super::{
    super::{
        at_once::ok,
        names::{HOUR, SECOND, ms, now, text},
    },
    login::{begin, login, session},
};
use crate::{
    login::store::{Ending, Session, SessionStore},
    token::subject::Subject,
};

pub(super) async fn all<S: SessionStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    order(a, b).await;
    left_out(a, b).await;
}

async fn order<S: SessionStore>(a: &S, b: &S) {
    let (subject, now) = (Subject::from(text()), now());
    let mut expected = Vec::new();
    for before in [3, 1, 2_000, 2, 999, 1_001, 1_000] {
        let session = Session { subject: subject.clone(), started: now - ms(before), ..session() };
        begin(a, session.clone(), HOUR).await;
        expected.push(session);
    }
    login(a).await;
    expected.sort_by_key(|session| std::cmp::Reverse(session.started));
    for limit in [0, 1, 3, 7, 8, u32::MAX] {
        let list = ok(b.sessions_of(&subject, now, limit).await);
        let most = expected.len().min(limit as usize);
        assert!(
            list == expected[..most],
            "`sessions_of` has to list the latest sessions first, to the millisecond, and at most {limit}; it lists {list:?}"
        );
    }
}

async fn left_out<S: SessionStore>(a: &S, b: &S) {
    let (subject, now) = (Subject::from(text()), now());
    let lives = |lifetime| Session { subject: subject.clone(), expires: now + lifetime, started: now, ..session() };
    let (short, long) = (lives(20 * SECOND), lives(HOUR));
    for session in [&short, &long] {
        begin(a, session.clone(), HOUR).await;
    }
    for (after, most) in [(ms(19_999), 2), (ms(20_000), 1)] {
        let count = ok(b.sessions_of(&subject, now + after, 9).await).len();
        assert!(
            count == most,
            "`sessions_of` lists a session of 20 s until 20 s have passed, and not then; {after:?} after it began, it lists {count}"
        );
    }
    ok(a.end(Ending::Session(long.id), now, now + HOUR).await);
    let list = ok(b.sessions_of(&subject, now, 9).await);
    assert!(list == [short], "`sessions_of` must not list sessions that have ended; it lists {list:?}");
    let list = ok(b.sessions_of(&text(), now, 9).await);
    assert!(list.is_empty(), "`sessions_of` must not list the sessions of others; it lists {list:?}");
}
