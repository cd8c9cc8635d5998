//! One personal token in a store.

use super::super::{
    at_once::ok,
    names::{HOUR, digest, now, text},
};
use crate::{
    login::store::{Digest, PersonalToken, PersonalTokenStore},
    scopes::set::Scopes,
    token::subject::Subject,
};

/// A token that is made now and expires in an hour.
pub(super) fn token(subject: &str) -> PersonalToken {
    let created = now();
    PersonalToken {
        id: text(),
        subject: Subject::from(subject),
        name: "my laptop".to_owned(),
        scope: Scopes::from("me items"),
        created,
        expires: Some(created + HOUR),
        last_used: None,
    }
}

/// Keeps a token, of which there are few.
pub(super) async fn create<S: PersonalTokenStore>(store: &S, token: &PersonalToken) -> Digest {
    let digest = digest();
    let is_kept = ok(store.create(token, &digest, 100).await);
    assert!(is_kept, "a subject with less than 100 tokens can have another one, but `create` returns false");
    digest
}
