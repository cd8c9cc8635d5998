//! Sessions that end, and how long that is remembered.

use super::{
    super::{
        at_once::ok,
        names::{HOUR, SECOND, digest, ms, now, session_id, text},
    },
    login::{Login, begin, login, rotate, session, when},
};
use crate::{
    login::store::{Ended, Ending, Rotated, Session, SessionStore},
    token::subject::Subject,
};

pub(super) async fn all<S: SessionStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    one(a, b).await;
    one_of_a_subject(a, b).await;
    of_a_subject(a, b).await;
    all_but_one(a, b).await;
    unknown(a, b).await;
    listed_from(a, b).await;
    remembered(a).await;
    remembered_after_reuse(a).await;
}

async fn end<S: SessionStore>(store: &S, which: Ending<'_>, login: &Login) -> Vec<crate::login::store::SessionId> {
    let mut ended = ok(store.end(which, login.now, login.now + HOUR).await);
    ended.sort_unstable();
    ended
}

async fn one<S: SessionStore>(a: &S, b: &S) {
    let other = login(a).await;
    let (login, successor) = login(a).await.used(a).await;
    let which = Ending::Session(login.session.id);
    let ended = ok(b.end(which, login.now + ms(7), login.now + HOUR).await);
    assert!(ended == [login.session.id], "`end` has to return the session that it has ended; it returns {ended:?}");
    let answer = rotate(a, successor, digest(), login.now + ms(7)).await;
    assert!(answer == Rotated::Refused, "an unused token of an ended session has to be refused; it is {answer:?}");
    let answer = rotate(a, login.token, successor, login.now + ms(7)).await;
    assert!(
        answer == login.reused(false),
        "a used token of an ended session is `Reused` with `ended: false`, also within the grace; the answer is {answer:?}"
    );
    let found = ok(a.find(&login.token).await);
    assert!(found.as_ref() == Some(&login.session), "`find` knows tokens of ended sessions, too; it returns {found:?}");
    let again = ok(a.end(which, login.now + SECOND, login.now + HOUR).await);
    assert!(again.is_empty(), "`end` returns only sessions that had not ended before; it returns {again:?}");
    let at = login.ended(b).await;
    assert!(at == Some(login.now + ms(7)), "a session keeps the time of its first end; `ended_since` has {at:?}");
    assert!(other.ended(a).await.is_none(), "`end` of one session must not end another one");
}

/// Three sessions of one subject, and one of another. The third has ended.
async fn four<S: SessionStore>(store: &S) -> [Login; 4] {
    let subject = Subject::from(text());
    let of_subject = || Session { subject: subject.clone(), ..session() };
    let logins = [
        begin(store, of_subject(), HOUR).await,
        begin(store, of_subject(), HOUR).await,
        begin(store, of_subject(), HOUR).await,
        login(store).await,
    ];
    ok(store.end(Ending::Session(logins[2].session.id), logins[2].now - SECOND, logins[2].now + HOUR).await);
    logins
}

fn sorted<const N: usize>(logins: [&Login; N]) -> Vec<crate::login::store::SessionId> {
    let mut ids: Vec<_> = logins.iter().map(|login| login.session.id).collect();
    ids.sort_unstable();
    ids
}

async fn of_a_subject<S: SessionStore>(a: &S, b: &S) {
    let [one, two, before, other] = four(a).await;
    let ended = end(b, Ending::Subject(&one.session.subject), &two).await;
    assert!(
        ended == sorted([&one, &two]),
        "`end` of a subject has to return its sessions that had not ended before, and no others; it returns {ended:?}"
    );
    for login in [&one, &two] {
        let answer = rotate(a, login.token, digest(), two.now).await;
        assert!(answer == Rotated::Refused, "`end` of a subject has to end all its sessions; one is {answer:?}");
        let at = login.ended(a).await;
        assert!(at == Some(two.now), "sessions of a subject end at the time of the call; one ended at {at:?}");
    }
    let at = before.ended(b).await;
    assert!(at == Some(before.now - SECOND), "a session keeps the time of its first end; `ended_since` has {at:?}");
    let answer = rotate(a, other.token, digest(), two.now).await;
    assert!(answer == other.rotated(false), "`end` of a subject must not end the session of another one: {answer:?}");
    let again = end(a, Ending::Subject(&one.session.subject), &two).await;
    assert!(again.is_empty(), "`end` returns only sessions that had not ended before; it returns {again:?}");
    let nobody = end(a, Ending::Subject(&text()), &two).await;
    assert!(nobody.is_empty(), "a subject without sessions has none to end; `end` returns {nobody:?}");
}

async fn one_of_a_subject<S: SessionStore>(a: &S, b: &S) {
    let [one, two, before, other] = four(a).await;
    for session in [before.session.id, other.session.id, session_id()] {
        let ended = end(b, Ending::SessionOf(&one.session.subject, session), &two).await;
        assert!(
            ended.is_empty(),
            "`end` of a session of a subject ends none that has ended, or is not its; it ends {ended:?}"
        );
    }
    let answer = rotate(a, other.token, digest(), two.now).await;
    assert!(answer == other.rotated(false), "`end` of a session of a subject must not end another one's: {answer:?}");
    let ended = end(b, Ending::SessionOf(&one.session.subject, one.session.id), &two).await;
    assert!(ended == sorted([&one]), "`end` of a session of a subject has to end it; it ends {ended:?}");
    let answer = rotate(a, one.token, digest(), two.now).await;
    assert!(answer == Rotated::Refused, "the session has to have ended; the answer is {answer:?}");
    let at = one.ended(a).await;
    assert!(at == Some(two.now), "the session ends at the time of the call; it ended at {at:?}");
    let answer = rotate(a, two.token, digest(), two.now).await;
    assert!(answer == two.rotated(false), "the other sessions of the subject have to go on; the answer is {answer:?}");
}

async fn all_but_one<S: SessionStore>(a: &S, b: &S) {
    let [one, two, _, other] = four(a).await;
    let ended = end(b, Ending::SubjectExcept(&one.session.subject, two.session.id), &two).await;
    assert!(ended == sorted([&one]), "`end` of all sessions but one has to end all but this one; it ends {ended:?}");
    let answer = rotate(a, two.token, digest(), two.now).await;
    assert!(answer == two.rotated(false), "the session that was excepted has to go on; the answer is {answer:?}");
    let answer = rotate(a, one.token, digest(), two.now).await;
    assert!(answer == Rotated::Refused, "the sessions that were not excepted have to end; one is {answer:?}");
    // The session that is excepted belongs to somebody else.
    let [one, two, _, _] = four(a).await;
    let ended = end(b, Ending::SubjectExcept(&one.session.subject, other.session.id), &two).await;
    assert!(ended == sorted([&one, &two]), "to except a session of another subject excepts nothing; it ends {ended:?}");
    let answer = rotate(a, other.token, digest(), two.now).await;
    assert!(answer == other.rotated(false), "`end` of a subject must not end the session of another one: {answer:?}");
}

async fn unknown<S: SessionStore>(a: &S, b: &S) {
    let (id, at) = (session_id(), now());
    let ended = ok(a.end(Ending::Session(id), at, at + HOUR).await);
    assert!(ended == [id], "a session that the store does not know has not ended before; `end` returns {ended:?}");
    let ended = ok(b.end(Ending::Session(id), at + SECOND, at + HOUR).await);
    assert!(ended.is_empty(), "a session that was unknown is remembered as ended; the second `end` returns {ended:?}");
    let list = ok(b.ended_since(at).await);
    assert!(
        list.contains(&Ended { session: id, at }),
        "a session that the store does not know has to be remembered as ended, because access tokens may have it"
    );
}

async fn listed_from<S: SessionStore>(a: &S, b: &S) {
    let login = login(a).await;
    let at = login.now + ms(123);
    ok(a.end(Ending::Session(login.session.id), at, at + HOUR).await);
    for (since, is_listed) in [(at - HOUR, true), (at - ms(1), true), (at, true), (at + ms(1), false)] {
        let is_there = when(&ok(b.ended_since(since).await), &login).is_some();
        let (expected, found) = (if is_listed { "has to" } else { "must not" }, if is_there { "is" } else { "is not" });
        assert!(
            is_there == is_listed,
            "`ended_since` has the sessions that ended at this time or later: asked for {since:?}, it {expected} have one that ended \
             at {at:?}, which {found} there"
        );
    }
}

/// Something else happens later, when a careless store forgets too much.
async fn later<S: SessionStore>(store: &S, now: std::time::SystemTime) {
    for _ in 0..3 {
        let later = Session { started: now, ..session() };
        let login = begin(store, later, HOUR).await;
        rotate(store, login.token, digest(), now).await;
        ok(store.end(Ending::Session(session_id()), now, now + SECOND).await);
    }
}

async fn remembered<S: SessionStore>(store: &S) {
    let (id, at) = (session_id(), now());
    ok(store.end(Ending::Session(id), at, at + SECOND).await);
    ok(store.end(Ending::Session(id), at + ms(500), at + HOUR).await);
    later(store, at + 59 * SECOND).await;
    let list = ok(store.ended_since(at).await);
    assert!(
        list.contains(&Ended { session: id, at }),
        "a session that ends a second time is remembered until the later of both times, and keeps the time of its first end"
    );
}

async fn remembered_after_reuse<S: SessionStore>(store: &S) {
    let short = session();
    let short = Session { expires: short.started + 2 * SECOND, ..short };
    let (login, _) = begin(store, short, SECOND).await.used(store).await;
    let answer = rotate(store, login.token, digest(), login.now + ms(900)).await;
    assert!(answer == login.reused(true), "a token with another successor is reused; the answer is {answer:?}");
    later(store, login.now + 59 * SECOND).await;
    let at = login.ended(store).await;
    assert!(
        at == Some(login.now + ms(900)),
        "a session that reuse has ended is remembered for an hour, even if it would have expired; `ended_since` has {at:?}"
    );
}
