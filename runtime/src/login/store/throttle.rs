//! Counts of attempts: what a store keeps of them, and what it has to guarantee.

use std::{
    future::Future,
    time::{Duration, SystemTime},
};

use super::digest::Digest;
use crate::error::StoreError;

/// How many attempts are allowed: `burst` at once, and then one in each `period`.
///
/// It is the generic cell rate algorithm: the store keeps one time for each key, the theoretical arrival time, and no counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The attempts that are allowed at once, at least 1.
    pub burst: u32,
    /// The time in which one attempt comes back, at least a millisecond.
    pub period: Duration,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is allowed, and counts.
    Allowed,
    /// It is not allowed, and does not count. The next one is allowed when this time has passed, and not before.
    Refused {
        /// The time to wait.
        retry_after: Duration,
    },
}

/// Counts attempts. A key that has all its attempts back is as good as unknown, so the store may forget it.
pub trait ThrottleStore: Send + Sync + 'static {
    /// Takes one attempt of `key`. Of calls at the same time, exactly as many are allowed as the limit says. A clock that is behind makes no
    /// attempts. One that was ahead by much more than replicas ever differ, an hour say, and was set right locks nobody out: the key then
    /// has used up its attempts, and they come back as the limit says.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell. The attempt may then count or not.
    fn take(
        &self,
        key: &Digest,
        limit: Limit,
        now: SystemTime,
    ) -> impl Future<Output = Result<Taken, StoreError>> + Send;

    /// Gives one attempt back that was taken before, because it has succeeded. It never makes more attempts than the limit allows.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot.
    fn give_back(
        &self,
        key: &Digest,
        limit: Limit,
        now: SystemTime,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}
