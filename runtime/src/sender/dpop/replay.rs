//! The store of used proofs: a service implements [`ReplayStore`], and [`Dpop`](super::Dpop) asks it last.

use std::{error::Error, fmt, future::Future, pin::Pin, sync::Arc};

/// Remembers which proofs were used, so that nobody uses one a second time (RFC 9449 §11.1).
///
/// [`MemoryReplayStore`](super::MemoryReplayStore) does so in one process. Replicas that share no store accept a proof once each,
/// while it is valid; a store in a database that they share does not. Only who holds a token and the key of it gets this far.
///
/// ```
/// use std::{collections::HashMap, sync::{Arc, Mutex}};
/// use axum_scopes::sender::dpop::{Dpop, ReplayStore, ReplayStoreError};
///
/// /// In a service: a table with the digest as its primary key.
/// #[derive(Default)]
/// struct Table(Mutex<HashMap<[u8; 32], u64>>);
///
/// impl ReplayStore for Table {
///     async fn first_use(&self, digest: &[u8; 32], _: &[u8; 32], until: u64) -> Result<bool, ReplayStoreError> {
///         // In a service: `INSERT … ON CONFLICT DO NOTHING`, and whether it has inserted a row.
///         let mut rows = self.0.lock().map_err(|_| ReplayStoreError::new(1, std::io::Error::other("poisoned")))?;
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
    /// [`ReplayStoreError`] if the store cannot tell. The request is then refused with 503.
    fn first_use(
        &self,
        digest: &[u8; 32],
        client: &[u8; 32],
        until: u64,
    ) -> impl Future<Output = Result<bool, ReplayStoreError>> + Send;
}

/// The store cannot tell whether a proof was used before.
///
/// ```
/// use axum_scopes::sender::dpop::ReplayStoreError;
///
/// let error = ReplayStoreError::new(5, std::io::Error::other("no connection"));
/// assert_eq!(error.retry_after(), 5);
/// assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no connection");
/// ```
#[derive(Clone, Debug)]
pub struct ReplayStoreError {
    retry_after: u32,
    source: Arc<dyn Error + Send + Sync>,
}

impl ReplayStoreError {
    /// The client may try again in `retry_after` seconds. The cause is logged.
    #[must_use]
    pub fn new(retry_after: u32, source: impl Error + Send + Sync + 'static) -> Self {
        Self { retry_after, source: Arc::new(source) }
    }

    /// The seconds after which the client may try again (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> u32 {
        self.retry_after
    }
}

impl fmt::Display for ReplayStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store of used proofs cannot tell whether this one was used before")
    }
}

impl Error for ReplayStoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<bool, ReplayStoreError>> + Send + 'a>>;

/// A [`ReplayStore`] of any type.
pub(super) trait AnyStore: Send + Sync {
    fn first_use<'a>(&'a self, digest: &'a [u8; 32], client: &'a [u8; 32], until: u64) -> Answer<'a>;
}

impl<S: ReplayStore> AnyStore for S {
    fn first_use<'a>(&'a self, digest: &'a [u8; 32], client: &'a [u8; 32], until: u64) -> Answer<'a> {
        Box::pin(ReplayStore::first_use(self, digest, client, until))
    }
}
