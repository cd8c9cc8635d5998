//! Tokens that are found, expire, and say when they were used.

use std::time::{Duration, SystemTime};

use super::{
    super::{
        at_once::ok,
        names::{SECOND, digest, ms, text},
    },
    token::{create, token},
};
use crate::login::store::{PersonalToken, PersonalTokenStore};

/// How long a store may take to note a use.
const PATIENCE: u32 = 100;
const COARSE: Duration = Duration::from_secs(10);

pub(super) async fn all<S: PersonalTokenStore>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    unknown(a).await;
    expiry(a, b).await;
    last_use(a, b).await;
}

async fn unknown<S: PersonalTokenStore>(store: &S) {
    let token = token(&text());
    let mut near = create(store, &token).await;
    near[31] ^= 1;
    for unknown in [digest(), near] {
        let found = ok(store.find(&unknown, token.created, COARSE).await);
        assert!(found.is_none(), "`find` must not return a token for an unknown digest; it returns {found:?}");
    }
}

async fn expiry<S: PersonalTokenStore>(a: &S, b: &S) {
    let token = token(&text());
    let token = PersonalToken { expires: Some(token.created + 20 * SECOND), ..token };
    let digest = create(a, &token).await;
    for (after, is_there) in [(ms(0), true), (ms(20_000), false), (ms(50_000), false), (ms(19_999), true)] {
        let now = token.created + after;
        let found = ok(b.find(&digest, now, COARSE).await).is_some();
        let listed = ok(b.list(&token.subject, now).await).len() == 1;
        assert!(
            (found, listed) == (is_there, is_there),
            "a token of 20 s is good until 20 s have passed, and not then; {after:?} after it was made, it is found: {found}, listed: \
             {listed}"
        );
    }
}

/// The time of the last use in the list, once it is what it has to be.
async fn noted<S: PersonalTokenStore>(store: &S, token: &PersonalToken, expected: SystemTime) -> Option<SystemTime> {
    let mut used = None;
    for _ in 0..PATIENCE {
        used = ok(store.list(&token.subject, token.created).await)[0].last_used;
        if used == Some(expected) {
            break;
        }
        tokio::time::sleep(ms(20)).await;
    }
    used
}

async fn last_use<S: PersonalTokenStore>(a: &S, b: &S) {
    let token = token(&text());
    let (digest, first) = (create(a, &token).await, token.created + SECOND);
    for (at, expected) in [
        (first, first),
        (first + COARSE - ms(1), first),
        (first - SECOND, first),
        (first + COARSE, first + COARSE),
        (first + COARSE, first + COARSE),
        (first + 2 * COARSE + ms(1), first + 2 * COARSE + ms(1)),
    ] {
        let found = ok(a.find(&digest, at, COARSE).await);
        let found = found.map(|found| PersonalToken { last_used: None, ..found });
        assert!(found.as_ref() == Some(&token), "`find` has to return what `create` was given; it is {found:?}");
        let used = noted(b, &token, expected).await;
        assert!(
            used == Some(expected),
            "`find` notes a use if the noted one is {COARSE:?} ago or longer, and never an earlier one: after a use at {at:?}, \
             {expected:?} has to be noted, and {used:?} is"
        );
    }
}
