//! Tokens that are kept, up to a number, and listed.

use super::{
    super::{
        at_once::{at_once, ok},
        names::{LONGEST, ODD, SECOND, digest, far_ahead, long_text, ms, now, text},
    },
    token::{create, token},
};
use crate::{
    login::store::{PersonalToken, PersonalTokenStore},
    scopes::set::Scopes,
    token::subject::Subject,
};

pub(super) async fn all<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    let (a, b) = (&replicas[0], &replicas[replicas.len() - 1]);
    kept(a, b).await;
    told_apart(a, b).await;
    order(a, b).await;
    at_most(a, b).await;
    at_most_at_once(replicas).await;
}

async fn kept<S: PersonalTokenStore>(a: &S, b: &S) {
    let many: Scopes = (0..200).map(|number| format!("it's:{number}:read;--%_")).collect();
    let longest = |token: PersonalToken| PersonalToken {
        name: "\u{1f469}".repeat(LONGEST / 4),
        scope: many.clone(),
        expires: Some(far_ahead()),
        ..token
    };
    let mut tokens: Vec<_> =
        ODD.iter().map(|odd| PersonalToken { name: (*odd).to_owned(), ..token(&(text() + odd)) }).collect();
    tokens.push(longest(token(&long_text())));
    tokens.push(PersonalToken { expires: None, scope: Scopes::new(), ..token(&text()) });
    tokens.push(PersonalToken { name: String::new(), ..token(&text()) });
    for token in tokens {
        let digest = create(a, &token).await;
        let list = ok(b.list(&token.subject, token.created).await);
        assert!(
            list == [token.clone()],
            "`list` has to return what `create` was given, {token:?}; it returns {list:?}"
        );
        let found = ok(b.find(&digest, token.created, SECOND).await);
        let found = found.map(|found| PersonalToken { last_used: None, ..found });
        assert!(found.as_ref() == Some(&token), "`find` has to return what `create` was given, {token:?}: {found:?}");
    }
}

async fn told_apart<S: PersonalTokenStore>(a: &S, b: &S) {
    let prefix = text();
    let tokens: Vec<_> = ODD.iter().map(|odd| token(&format!("{prefix}{odd}"))).collect();
    for token in &tokens {
        create(a, token).await;
    }
    for token in &tokens {
        let list = ok(b.list(&token.subject, token.created).await);
        assert!(
            list == [token.clone()],
            "subjects are compared byte for byte: `list` of {:?} has one token, and returns {}",
            token.subject,
            list.len()
        );
    }
}

async fn order<S: PersonalTokenStore>(a: &S, b: &S) {
    let (subject, now) = (text(), now());
    let mut expected = Vec::new();
    for before in [3, 1, 2_000, 2, 999, 1_001, 1_000] {
        let token = PersonalToken { created: now - ms(before), ..token(&subject) };
        create(a, &token).await;
        expected.push(token);
    }
    expected.sort_by_key(|token| std::cmp::Reverse(token.created));
    let list = ok(b.list(&subject, now).await);
    assert!(list == expected, "`list` has the latest tokens first, to the millisecond; it returns {list:?}");
    let list = ok(b.list(&text(), now).await);
    assert!(list.is_empty(), "`list` must not return the tokens of others; it returns {list:?}");
}

async fn at_most<S: PersonalTokenStore>(a: &S, b: &S) {
    let (subject, now) = (text(), now());
    let make = |expires| PersonalToken { created: now, expires, ..token(&subject) };
    create(a, &make(Some(now + SECOND))).await;
    create(a, &make(None)).await;
    create(a, &token(&text())).await;
    let (third, secret) = (make(None), digest());
    for most in [0, 1, 2] {
        let is_kept = ok(b.create(&third, &secret, most).await);
        assert!(
            !is_kept,
            "a subject with 2 tokens must not get another one if it may have {most}, but `create` returns true"
        );
    }
    let found = ok(a.find(&secret, now, SECOND).await);
    assert!(found.is_none(), "a token that `create` has refused must not be kept; `find` returns {found:?}");
    let later = PersonalToken { created: now + SECOND, ..third };
    let is_kept = ok(b.create(&later, &secret, 2).await);
    assert!(is_kept, "tokens that have expired when the new one is made do not count, but `create` returns false");
    let is_kept = ok(a.create(&make(None), &digest(), u32::MAX).await);
    assert!(is_kept, "a subject with 2 tokens can get another one if it may have more, but `create` returns false");
}

async fn at_most_at_once<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    let subject = Subject::from(text());
    let answers = at_once(replicas, 8, |store, _| {
        let token = token(&subject);
        async move { ok(store.create(&token, &digest(), 3).await) }
    });
    let kept = answers.await.into_iter().filter(|is_kept| *is_kept).count();
    let listed = ok(replicas[0].list(&subject, now()).await).len();
    assert!(kept >= 3, "of 8 tokens made at once, at least the 3 that a subject may have are kept; {kept} were");
    assert!(kept == listed, "`create` has to say whether it keeps a token: {kept} times true, but {listed} are listed");
    let is_kept = ok(replicas[0].create(&token(&subject), &digest(), 3).await);
    assert!(!is_kept, "a subject that has 3 tokens must not get a fourth, but `create` returns true");
}
