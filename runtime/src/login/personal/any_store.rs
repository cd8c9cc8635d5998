//! A [`PersonalTokenStore`] of any type, so that `PersonalTokens` has no type parameter.

use std::{
    future::Future,
    pin::Pin,
    time::{Duration, SystemTime},
};

use super::super::store::{Digest, PersonalToken, PersonalTokenStore};
use crate::error::StoreError;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

pub(super) trait AnyStore: Send + Sync {
    fn create<'a>(&'a self, token: &'a PersonalToken, digest: &'a Digest, at_most: u32) -> Answer<'a, bool>;
    fn find<'a>(&'a self, digest: &'a Digest, now: SystemTime, coarse: Duration) -> Answer<'a, Option<PersonalToken>>;
    fn list<'a>(&'a self, subject: &'a str, now: SystemTime) -> Answer<'a, Vec<PersonalToken>>;
    fn delete<'a>(&'a self, subject: &'a str, id: &'a str) -> Answer<'a, bool>;
    fn delete_all<'a>(&'a self, subject: &'a str) -> Answer<'a, u64>;
}

impl<S: PersonalTokenStore> AnyStore for S {
    fn create<'a>(&'a self, token: &'a PersonalToken, digest: &'a Digest, at_most: u32) -> Answer<'a, bool> {
        Box::pin(PersonalTokenStore::create(self, token, digest, at_most))
    }

    fn find<'a>(&'a self, digest: &'a Digest, now: SystemTime, coarse: Duration) -> Answer<'a, Option<PersonalToken>> {
        Box::pin(PersonalTokenStore::find(self, digest, now, coarse))
    }

    fn list<'a>(&'a self, subject: &'a str, now: SystemTime) -> Answer<'a, Vec<PersonalToken>> {
        Box::pin(PersonalTokenStore::list(self, subject, now))
    }

    fn delete<'a>(&'a self, subject: &'a str, id: &'a str) -> Answer<'a, bool> {
        Box::pin(PersonalTokenStore::delete(self, subject, id))
    }

    fn delete_all<'a>(&'a self, subject: &'a str) -> Answer<'a, u64> {
        Box::pin(PersonalTokenStore::delete_all(self, subject))
    }
}
