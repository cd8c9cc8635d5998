//! Texts of any kind are kept as they are, and compared byte for byte.

use super::{
    super::{
        at_once::ok,
        names::{HOUR, ODD, long_text, text},
    },
    login::{begin, rotate, session},
};
use crate::{
    login::store::{Ending, Session, SessionStore},
    scopes::set::Scopes,
    token::subject::Subject,
};

pub(super) async fn all<S: SessionStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    kept(a, b).await;
    told_apart(a, b).await;
}

async fn kept<S: SessionStore>(a: &S, b: &S) {
    let many: Scopes = (0..200).map(|number| format!("it's:{number}:read;--%_")).collect();
    let of = |subject: String, client_id, scope, key| Session {
        subject: Subject::from(subject),
        client_id,
        scope,
        key,
        ..session()
    };
    let mut sessions: Vec<_> =
        ODD.iter().map(|odd| of(text() + odd, Some((*odd).to_owned()), Scopes::from("z a m"), Some([0; 32]))).collect();
    sessions.push(of(long_text(), Some(long_text()), many, Some([0xff; 32])));
    sessions.push(of(text(), None, Scopes::new(), None));
    for session in sessions {
        let login = begin(a, session, HOUR).await;
        let found = ok(b.find(&login.token).await);
        assert!(
            found.as_ref() == Some(&login.session),
            "texts without NUL of up to 1,024 bytes, and scopes of up to 8 KiB, have to be kept as they are: {:?} is {found:?}",
            login.session
        );
        let list = ok(b.sessions_of(&login.session.subject, login.now, 9).await);
        assert!(list == [login.session.clone()], "`sessions_of` finds {:?} as {list:?}", login.session);
        let answer = rotate(b, login.token, login.token.map(|byte| byte ^ 1), login.now).await;
        assert!(answer == login.rotated(false), "`rotate` has to return what `begin` was given; it is {answer:?}");
    }
}

async fn told_apart<S: SessionStore>(a: &S, b: &S) {
    let prefix = text();
    let mut logins = Vec::new();
    for odd in ODD {
        let subject = Subject::from(format!("{prefix}{odd}"));
        logins.push(begin(a, Session { subject, ..session() }, HOUR).await);
    }
    for login in &logins {
        let subject = login.session.subject.as_str();
        let ended = ok(b.end(Ending::Subject(subject), login.now, login.now + HOUR).await);
        assert!(
            ended == [login.session.id],
            "subjects are compared byte for byte: `end` of {subject:?} has to end one session, and ends {}",
            ended.len()
        );
    }
}
