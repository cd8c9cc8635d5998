//! Sessions: takes logins and refresh tokens, yields new refresh tokens, and ends sessions.

mod any_store;
mod polling;
mod refresh_token;
mod refreshed;
#[cfg(test)]
mod tests;
mod uses;

pub use self::{refresh_token::RefreshToken, refreshed::Refreshed};

use std::{fmt, sync::Arc, time::Duration};

use self::{any_store::AnyStore, polling::Polling};
use super::{revocations::Revocations, store::SessionStore};
use crate::jose::hmac_key::HmacKey;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Begins, refreshes and ends sessions. Copies share one store.
///
/// A session is one login. Its refresh token is used once, and each use yields the next one. If a token is used a second time, then
/// somebody has a copy of it, and the session ends. There is one exception: for a few seconds, a token may be used again while its
/// successor is unused, because an answer can get lost, and because several tabs of a browser may refresh at once. All of them get
/// the same successor.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{HmacKey, Scopes, login::{Refreshed, Revocations, Sessions, store::MemoryStore}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In a service: 32 random bytes from its configuration, the same in all replicas.
/// let key = HmacKey::new([7; 32])?;
/// let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
/// let sessions = Sessions::new(MemoryStore::default(), &key, revocations).start();
///
/// let (session, first) = sessions.begin("johndoe", None, &Scopes::from("me items"), None).await?;
/// let Refreshed::Granted { token: second, .. } = sessions.refresh(first.as_str()).await? else { panic!() };
/// let Refreshed::Granted { token: third, .. } = sessions.refresh(second.as_str()).await? else { panic!() };
///
/// // A copy of the second token.
/// assert!(matches!(sessions.refresh(first.as_str()).await?, Refreshed::Reused { .. }));
/// assert!(matches!(sessions.refresh(third.as_str()).await?, Refreshed::Refused));
/// assert!(sessions.revocations().has_ended(session.id));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Sessions {
    store: Arc<dyn AnyStore>,
    key: HmacKey,
    revocations: Revocations,
    idle: Duration,
    absolute: Duration,
    grace: Duration,
    #[expect(dead_code, reason = "it ends when the last copy is dropped")]
    polling: Option<Arc<Polling>>,
}

impl Sessions {
    /// Sessions in `store`. Successors of refresh tokens are derived with `key`, which replicas share. `revocations` is told which
    /// sessions have ended: at once of those that end here, and every 5 seconds of the others, once [`start`](Self::start)ed.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Revocations, Sessions, store::MemoryStore}};
    /// let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// assert_eq!(format!("{sessions:?}"), "Sessions { idle: 1209600s, absolute: 7776000s, grace: 10s, .. }");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn new(store: impl SessionStore, key: &HmacKey, revocations: Revocations) -> Self {
        Self {
            store: Arc::new(store),
            key: key.clone(),
            revocations,
            idle: 14 * DAY,
            absolute: 90 * DAY,
            grace: Duration::from_secs(10),
            polling: None,
        }
    }

    /// Sets how long a refresh token lives unused (14 days by default), and how long a session lives at most (90 days). Sessions that
    /// have begun keep their end.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Revocations, Sessions, store::MemoryStore}};
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// const HOUR: Duration = Duration::from_secs(3600);
    /// let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations).lifetimes(HOUR, 12 * HOUR);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn lifetimes(self, idle: Duration, absolute: Duration) -> Self {
        Self { idle, absolute, ..self }
    }

    /// Sets how long a refresh token may be used again, after its answer was lost: 10 seconds by default.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Revocations, Sessions, store::MemoryStore}};
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// // Clients in trains.
    /// let sessions =
    ///     Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations).grace(Duration::from_secs(60));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Starts to ask the store for ended sessions, on the current Tokio runtime, until the last copy is dropped.
    ///
    /// It asks at once, then every 4 to 5 seconds, and less often while the store fails. It logs when that begins, and when it is
    /// over. Requests with access tokens are refused with 503 until the first answer; [`Revocations::is_current`] tells a
    /// readiness probe.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    #[must_use]
    pub fn start(self) -> Self {
        let polling = Polling::start(Arc::clone(&self.store), self.revocations.clone());
        Self { polling: Some(Arc::new(polling)), ..self }
    }

    /// The list of ended sessions.
    #[must_use]
    pub fn revocations(&self) -> &Revocations {
        &self.revocations
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions")
            .field("idle", &self.idle)
            .field("absolute", &self.absolute)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}
