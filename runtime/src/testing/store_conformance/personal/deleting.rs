//! Tokens that are deleted, also while they are used.

use super::{
    super::{
        at_once::{at_once, ok},
        names::{ODD, SECOND, text},
    },
    token::{create, token},
};
use crate::login::store::PersonalTokenStore;

pub(super) async fn all<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    one(a, b).await;
    of_a_subject(a, b).await;
    at_the_same_time(replicas).await;
    for _ in 0..20 {
        while_used(replicas).await;
    }
}

async fn one<S: PersonalTokenStore>(a: &S, b: &S) {
    let subject = text();
    let (one, two) = (token(&subject), token(&subject));
    let (first, second) = (create(a, &one).await, create(a, &two).await);
    for (subject, id) in [(text().as_str(), one.id.as_str()), (&subject, &text()), (&subject, ""), (&subject, "%")] {
        let is_deleted = ok(b.delete(subject, id).await);
        assert!(!is_deleted, "`delete` must not delete a token that this subject does not have, but it returns true");
    }
    for id in ODD {
        let is_deleted = ok(b.delete(&subject, id).await);
        assert!(!is_deleted, "`delete` must not take {id:?} for the name of a token, but it returns true");
    }
    let found = ok(a.find(&first, one.created, SECOND).await);
    assert!(found.is_some(), "a token of a subject must not be deleted by anybody else, or by another name");
    let is_deleted = ok(b.delete(&subject, &one.id).await);
    assert!(is_deleted, "`delete` has to say that there was a token, but it returns false");
    let found = ok(a.find(&first, one.created, SECOND).await);
    assert!(found.is_none(), "`find` must not return a token that was deleted; it returns {found:?}");
    let is_deleted = ok(a.delete(&subject, &one.id).await);
    assert!(!is_deleted, "a token can be deleted once, but the second `delete` returns true");
    let list = ok(a.list(&subject, one.created).await);
    assert!(list == [two.clone()], "`delete` of one token has to leave the others; `list` returns {list:?}");
    let found = ok(b.find(&second, two.created, SECOND).await);
    assert!(found.is_some(), "`delete` of one token has to leave the others, but `find` does not return them");
}

async fn of_a_subject<S: PersonalTokenStore>(a: &S, b: &S) {
    let (subject, other) = (text(), token(&text()));
    let kept = create(a, &other).await;
    let mut digests = Vec::new();
    for _ in 0..3 {
        digests.push(create(a, &token(&subject)).await);
    }
    let count = ok(b.delete_all(&subject).await);
    assert!(count == 3, "`delete_all` has to return the number of tokens, 3; it returns {count}");
    for digest in digests {
        let found = ok(a.find(&digest, other.created, SECOND).await);
        assert!(found.is_none(), "`find` must not return a token that `delete_all` has deleted; it returns {found:?}");
    }
    let found = ok(a.find(&kept, other.created, SECOND).await);
    assert!(found.is_some(), "`delete_all` has to leave the tokens of other subjects, but `find` does not return one");
    let count = ok(a.delete_all(&subject).await);
    assert!(count == 0, "a subject without tokens has none to delete; `delete_all` returns {count}");
}

async fn at_the_same_time<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    let token = token(&text());
    create(&replicas[0], &token).await;
    let answers = at_once(replicas, 8, |store, _| {
        let token = token.clone();
        async move { ok(store.delete(&token.subject, &token.id).await) }
    });
    let count = answers.await.into_iter().filter(|is_deleted| *is_deleted).count();
    assert!(count == 1, "of calls of `delete` at once, exactly one has deleted the token; {count} return true");
}

/// To note a use must not bring a token back.
async fn while_used<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    let token = token(&text());
    let digest = create(&replicas[0], &token).await;
    at_once(replicas, 6, |store, at| {
        let (token, now) = (token.clone(), token.created + at as u32 * SECOND);
        async move {
            if at == 3 {
                let is_deleted = ok(store.delete(&token.subject, &token.id).await);
                assert!(is_deleted, "a token can be deleted while it is used, but `delete` returns false");
            } else {
                ok(store.find(&digest, now, SECOND).await);
            }
        }
    })
    .await;
    for store in replicas {
        let found = ok(store.find(&digest, token.created + SECOND, SECOND).await);
        assert!(found.is_none(), "a token that was deleted while it was used has to stay deleted; it is {found:?}");
    }
}
