//! What a login keeps, as traits: sessions with their refresh tokens, personal tokens, and counts of attempts.
//!
//! Each method is one atomic operation, and says what it has to guarantee when others run at the same time. The crate
//! `axum-scopes-sql` implements the traits on SQLite and Postgres; [`MemoryStore`] does so in one process, for tests.
//! A store of your own is held against them by
#![cfg_attr(feature = "testing", doc = "[`store_conformance`](crate::testing::store_conformance).")]
#![cfg_attr(not(feature = "testing"), doc = "`testing::store_conformance`.")]
//!
//! A store sees no tokens and no passwords: tokens come as [`Digest`]s.
//!
//! Times are those of the service that asks, so the clocks of replicas have to agree within a few seconds. A store keeps times to the
//! millisecond, up to the year 9999. What expires at a time has expired when this time has come. A store may forget what has expired,
//! a minute later at the earliest, because the clock of the next call may be behind.
//!
//! Texts have up to 1,024 bytes, scopes up to 8 KiB, and neither has the character NUL. A store keeps them as they are, and compares them
//! byte for byte. It may answer [`StoreError`](crate::error::StoreError) for others.

mod digest;
mod memory;
mod personal;
mod session;
mod throttle;

pub use self::{
    digest::Digest,
    memory::{MemoryStore, throttle::MemoryThrottle},
    personal::{PersonalToken, PersonalTokenStore},
    session::{Ended, Ending, Rotated, Rotation, Session, SessionId, SessionStore},
    throttle::{Limit, Taken, ThrottleStore},
};
