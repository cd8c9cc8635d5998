//! Holds a store of your own against what the traits of [`login::store`](crate::login::store) promise.
//!
//! Each function takes one trait and fails the test with a sentence that says what the store has done wrong. It takes handles of one
//! store, as replicas of a service have them: several pools of connections to one database, for example. One handle will do, but it
//! finds less.
//!
//! All names are random, and all times are within a minute of now, so the database may have other rows. What a run has written stays.
//! Run it on a runtime with several threads, so that calls at the same time are that indeed.
//!
//! ```
//! use axum_scopes::{login::store::MemoryStore, testing::store_conformance};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let store = MemoryStore::default();
//! let replicas = [store.clone(), store];
//! store_conformance::sessions(&replicas).await;
//! store_conformance::personal_tokens(&replicas).await;
//! store_conformance::throttle(&replicas).await;
//! # }
//! ```

mod at_once;
mod names;
mod personal;
#[cfg(feature = "dpop")]
mod replays;
mod sessions;
mod throttle;

use crate::login::store::{PersonalTokenStore, SessionStore, ThrottleStore};
#[cfg(feature = "dpop")]
use crate::sender::dpop::ReplayStore;

/// Tests a store of sessions.
///
/// ```
/// # use axum_scopes::{login::store::MemoryStore, testing::store_conformance};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// store_conformance::sessions(&[MemoryStore::default()]).await;
/// # }
/// ```
///
/// # Panics
///
/// If the store does not keep a promise of [`SessionStore`], or `replicas` is empty.
pub async fn sessions<S: SessionStore + Clone>(replicas: &[S]) {
    sessions::all(replicas).await;
}

/// Tests a store of personal tokens.
///
/// ```
/// # use axum_scopes::{login::store::MemoryStore, testing::store_conformance};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// store_conformance::personal_tokens(&[MemoryStore::default()]).await;
/// # }
/// ```
///
/// # Panics
///
/// If the store does not keep a promise of [`PersonalTokenStore`], or `replicas` is empty.
pub async fn personal_tokens<S: PersonalTokenStore + Clone>(replicas: &[S]) {
    personal::all(replicas).await;
}

/// Tests a store of attempts.
///
/// ```
/// # use axum_scopes::{login::store::MemoryStore, testing::store_conformance};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// store_conformance::throttle(&[MemoryStore::default()]).await;
/// # }
/// ```
///
/// # Panics
///
/// If the store does not keep a promise of [`ThrottleStore`], or `replicas` is empty.
pub async fn throttle<S: ThrottleStore + Clone>(replicas: &[S]) {
    throttle::all(replicas).await;
}

/// Tests a store of used proofs.
///
/// ```
/// # use axum_scopes::{login::store::MemoryStore, testing::store_conformance};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// store_conformance::replays(&[MemoryStore::default()]).await;
/// # }
/// ```
///
/// # Panics
///
/// If the store does not keep a promise of [`ReplayStore`], or `replicas` is empty.
#[cfg(feature = "dpop")]
pub async fn replays<S: ReplayStore + Clone>(replicas: &[S]) {
    replays::all(replicas).await;
}
