//! The store of used proofs: a service implements [`ReplayStore`], and [`Dpop`](super::Dpop) asks it last.

use std::{future::Future, pin::Pin};

use crate::error::StoreError;

/// Remembers which proofs were used, so that nobody uses one a second time (RFC 9449 §11.1).
///
/// [`MemoryReplayStore`](super::MemoryReplayStore) does so in one process. Replicas that share no store accept a proof once each,
/// while it is valid; a store in a database that they share does not. Only who holds a token and the key of it gets this far.
///
/// ```
/// use std::{collections::HashMap, sync::{Arc, Mutex}};
/// use axum_scopes::{error::StoreError, sender::dpop::{Dpop, ReplayStore}};
///
/// /// In a service: a table with the digest as its primary key.
/// #[derive(Default)]
/// struct Table(Mutex<HashMap<[u8; 32], u64>>);
///
/// impl ReplayStore for Table {
///     async fn first_use(&self, digest: &[u8; 32], _: &[u8; 32], until: u64) -> Result<bool, StoreError> {
///         // In a service: `INSERT … ON CONFLICT DO NOTHING`, and whether it has inserted a row.
///         let mut rows = self.0.lock().map_err(|_| StoreError::new(1, std::io::Error::other("poisoned")))?;
///         Ok(rows.insert(*digest, until).is_none())
///     }
/// }
///
/// let dpop = Dpop::new("https://api.example.com")?.replay_store(Table::default());
/// # Ok::<_, axum_scopes::resource::UrlError>(())
/// ```
pub trait ReplayStore: Send + Sync + 'static {
    /// Remembers a proof, and says whether this is its first use. Of two calls with the same digest, even at once, only one may get
    /// `true`.
    ///
    /// `digest` stands for the proof and its key. `client` is the thumbprint of the key alone; a store with little room can give
    /// each client a share of it. From `until` on, in seconds since 1970, the proof is refused for its age, so the store may
    /// forget it. A store with a clock of its own, which may be ahead of those of the services, keeps it for some seconds more.
    ///
    /// The request waits for the answer, so a store that asks a database needs a time limit of its own.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell. The request is then refused with 503.
    fn first_use(
        &self,
        digest: &[u8; 32],
        client: &[u8; 32],
        until: u64,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<bool, StoreError>> + Send + 'a>>;

/// A [`ReplayStore`] of any type.
pub(super) trait AnyStore: Send + Sync {
    fn first_use<'a>(&'a self, digest: &'a [u8; 32], client: &'a [u8; 32], until: u64) -> Answer<'a>;
}

impl<S: ReplayStore> AnyStore for S {
    fn first_use<'a>(&'a self, digest: &'a [u8; 32], client: &'a [u8; 32], until: u64) -> Answer<'a> {
        Box::pin(ReplayStore::first_use(self, digest, client, until))
    }
}
