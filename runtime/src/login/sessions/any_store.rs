//! A [`SessionStore`] of any type, so that `Sessions` has no type parameter.

use std::{future::Future, pin::Pin, time::SystemTime};

use super::super::store::{Digest, Ended, Ending, Rotated, Rotation, Session, SessionId, SessionStore};
use crate::error::StoreError;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

pub(super) trait AnyStore: Send + Sync {
    fn begin<'a>(&'a self, session: &'a Session, token: &'a Digest, idle_until: SystemTime) -> Answer<'a, ()>;
    fn find<'a>(&'a self, token: &'a Digest) -> Answer<'a, Option<Session>>;
    fn rotate<'a>(&'a self, rotation: &'a Rotation) -> Answer<'a, Rotated>;
    fn end<'a>(&'a self, which: Ending<'a>, now: SystemTime, until: SystemTime) -> Answer<'a, Vec<SessionId>>;
    fn ended_since(&self, since: SystemTime) -> Answer<'_, Vec<Ended>>;
    fn sessions_of<'a>(&'a self, subject: &'a str, now: SystemTime, limit: u32) -> Answer<'a, Vec<Session>>;
}

impl<S: SessionStore> AnyStore for S {
    fn begin<'a>(&'a self, session: &'a Session, token: &'a Digest, idle_until: SystemTime) -> Answer<'a, ()> {
        Box::pin(SessionStore::begin(self, session, token, idle_until))
    }

    fn find<'a>(&'a self, token: &'a Digest) -> Answer<'a, Option<Session>> {
        Box::pin(SessionStore::find(self, token))
    }

    fn rotate<'a>(&'a self, rotation: &'a Rotation) -> Answer<'a, Rotated> {
        Box::pin(SessionStore::rotate(self, rotation))
    }

    fn end<'a>(&'a self, which: Ending<'a>, now: SystemTime, until: SystemTime) -> Answer<'a, Vec<SessionId>> {
        Box::pin(SessionStore::end(self, which, now, until))
    }

    fn ended_since(&self, since: SystemTime) -> Answer<'_, Vec<Ended>> {
        Box::pin(SessionStore::ended_since(self, since))
    }

    fn sessions_of<'a>(&'a self, subject: &'a str, now: SystemTime, limit: u32) -> Answer<'a, Vec<Session>> {
        Box::pin(SessionStore::sessions_of(self, subject, now, limit))
    }
}
