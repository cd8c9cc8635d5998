//! The settings of a service for proofs.

use std::{fmt, sync::Arc, time::Duration};

use super::{
    htu::Origin,
    memory::MemoryReplayStore,
    nonces::Nonces,
    replay::{AnyStore, ReplayStore},
};
use crate::text::https_url::UrlError;

/// How a service checks proofs of possession (RFC 9449 §4.3). Copies are cheap and share one replay store.
///
/// A proof is for one method and one URL. It is accepted once, for 60 seconds after it was made.
///
/// ```
/// use axum_scopes::sender::dpop::Dpop;
///
/// let dpop = Dpop::new("https://api.example.com")?;
/// assert!(Dpop::new("http://api.example.com").is_err());
/// # Ok::<_, axum_scopes::resource::UrlError>(())
/// ```
///
/// # Operations
///
/// - Requests with proofs are not idempotent: a client makes a new proof for each attempt, and a proxy must not repeat a request.
/// - Behind a proxy, the origin is that of the proxy, and its connection to the service must be private: the service does not see
///   over which URL a request came, so it believes this setting. It never reads `X-Forwarded-Host`, which a client can set.
/// - With several replicas, set [`nonces`](Self::nonces) with one key for all of them, and a [`replay_store`](Self::replay_store)
///   that they share.
/// - Browsers read the header `DPoP-Nonce` only if CORS exposes it (`Access-Control-Expose-Headers`), and `DPoP` has to be among
///   the allowed request headers.
#[derive(Clone)]
pub struct Dpop(pub(super) Arc<Config>);

#[derive(Clone)]
pub(super) struct Config {
    pub(super) origin: Origin,
    /// What stands before the path of each request; empty, or with a slash at its beginning and none at its end.
    pub(super) prefix: String,
    /// In seconds.
    pub(super) leeway: f64,
    /// In seconds.
    pub(super) max_age: f64,
    pub(super) nonces: Option<Nonces>,
    pub(super) store: Arc<dyn AnyStore>,
}

impl Dpop {
    /// Accepts proofs for URLs of `public_origin`: scheme, host and port as clients see them, without a path.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::Dpop;
    /// assert!(Dpop::new("https://api.example.com:8443").is_ok());
    /// assert!(Dpop::new("http://localhost:8000").is_ok());
    /// assert!(Dpop::new("https://api.example.com/v1").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError`] for anything else than an origin, and for plain HTTP to another machine.
    pub fn new(public_origin: &str) -> Result<Self, UrlError> {
        Ok(Self(Arc::new(Config {
            origin: Origin::parse(public_origin)?,
            prefix: String::new(),
            leeway: 60.0,
            max_age: 60.0,
            nonces: None,
            store: Arc::new(MemoryReplayStore::default()),
        })))
    }

    /// Sets the part of the path that clients see and a proxy strips. With `/api`, a request for `/items` is one for `/api/items`.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::Dpop;
    /// let dpop = Dpop::new("https://example.com")?.stripped_prefix("/api");
    /// # Ok::<_, axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn stripped_prefix(self, prefix: &str) -> Self {
        let segments = prefix.trim_matches('/');
        let prefix = if segments.is_empty() { String::new() } else { format!("/{segments}") };
        self.with(|config| config.prefix = prefix)
    }

    /// Sets how far in the future a proof may have been made, by the clock of this service: 60 seconds unless set. Clocks of phones
    /// and laptops are often wrong; [`nonces`](Self::nonces) do without them.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::Dpop;
    /// let dpop = Dpop::new("https://example.com")?.leeway(std::time::Duration::from_secs(10));
    /// # Ok::<_, axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn leeway(self, leeway: Duration) -> Self {
        self.with(|config| config.leeway = leeway.as_secs_f64())
    }

    /// Sets how long ago a proof may have been made: 60 seconds unless set. The replay store remembers each proof for as long.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::Dpop;
    /// let dpop = Dpop::new("https://example.com")?.max_age(std::time::Duration::from_secs(10));
    /// # Ok::<_, axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        self.with(|config| config.max_age = max_age.as_secs_f64())
    }

    /// Requires a nonce of this service in each proof. Without a valid one, the answer is `use_dpop_nonce` with a fresh one. `iat`
    /// is then not compared with the clock.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, sender::dpop::{Dpop, Nonces}};
    /// let dpop = Dpop::new("https://example.com")?.nonces(Nonces::new(&HmacKey::new([7; 32])?)?);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn nonces(self, nonces: Nonces) -> Self {
        self.with(|config| config.nonces = Some(nonces))
    }

    /// Remembers used proofs in `store`, and not in the memory of this process.
    ///
    /// ```
    /// # use axum_scopes::sender::dpop::{Dpop, MemoryReplayStore};
    /// let dpop = Dpop::new("https://example.com")?.replay_store(MemoryReplayStore::new(1_000_000));
    /// # Ok::<_, axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn replay_store(self, store: impl ReplayStore) -> Self {
        let store = Arc::new(store);
        self.with(|config| config.store = store)
    }

    fn with(mut self, set: impl FnOnce(&mut Config)) -> Self {
        set(Arc::make_mut(&mut self.0));
        self
    }
}

impl fmt::Debug for Dpop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config { origin, prefix, leeway, max_age, nonces, store: _ } = &*self.0;
        f.debug_struct("Dpop")
            .field("origin", origin)
            .field("prefix", prefix)
            .field("leeway", leeway)
            .field("max_age", max_age)
            .field("nonces", nonces)
            .finish_non_exhaustive()
    }
}
