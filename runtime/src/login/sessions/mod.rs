//! Sessions: takes logins and refresh tokens, yields new refresh tokens, and ends sessions.

mod any_store;
mod polling;
mod refresh_token;
mod refreshed;
#[cfg(test)]
mod tests;

pub use self::{refresh_token::RefreshToken, refreshed::Refreshed};

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use self::{any_store::AnyStore, polling::Polling};
use super::{
    random,
    revocations::Revocations,
    store::{Ending, Rotated, Rotation, Session, SessionId, SessionStore},
    task, times,
};
use crate::{error::StoreError, jose::hmac_key::HmacKey, scopes::set::Scopes, token::subject::Subject};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A store remembers what has ended for this time: the longest life of access tokens, the time about which a store is asked again, and
/// some more.
const REMEMBERED: Duration = Duration::from_secs(60 * 60 + 5 * 60);
/// The most sessions in a list for a user.
const LISTED: u32 = 100;

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

    /// Begins a session, after a login. `key` is the thumbprint of the key that the refresh tokens are bound to.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, Scopes, login::{Revocations, Sessions, store::MemoryStore}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// let (session, token) = sessions.begin("johndoe", Some("the app"), &Scopes::from("me"), None).await?;
    /// assert_eq!(sessions.find(token.as_str()).await?, Some(session));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot keep it, or if the system has no random numbers.
    pub async fn begin(
        &self,
        subject: &str,
        client_id: Option<&str>,
        scope: &Scopes,
        key: Option<[u8; 32]>,
    ) -> Result<(Session, RefreshToken), StoreError> {
        let started = times::now();
        let session = Session {
            id: SessionId::from_bytes(*random::bytes().map_err(times::no_random_numbers)?),
            subject: Subject::from(subject),
            client_id: client_id.map(str::to_owned),
            scope: scope.clone(),
            key,
            started,
            expires: times::after(started, self.absolute),
        };
        let token = RefreshToken::random().map_err(times::no_random_numbers)?;
        self.store.begin(&session, &token.digest(), self.idle_until(started)).await?;
        Ok((session, token))
    }

    fn idle_until(&self, now: SystemTime) -> SystemTime {
        times::after(now, self.idle)
    }

    /// The session of a refresh token, even if the token was used, or the session has ended. It changes nothing, so it is for questions
    /// that come before [`refresh`](Self::refresh): whether the token is this client's, for example. A text that cannot be a token
    /// has none; the store is not asked about it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, login::{Revocations, Sessions, store::MemoryStore}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// assert_eq!(sessions.find("no token").await?, None);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell.
    pub async fn find(&self, token: &str) -> Result<Option<Session>, StoreError> {
        match RefreshToken::read(token) {
            Some(token) => self.store.find(&token.digest()).await,
            None => Ok(None),
        }
    }

    /// Uses a refresh token. A text that cannot be a token is refused, and the store is not asked about it.
    ///
    /// If the caller goes away, the use goes on, and the same token can be used again within the grace.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell. The token may then be used; the client can try again within the grace.
    pub async fn refresh(&self, token: &str) -> Result<Refreshed, StoreError> {
        let Some(presented) = RefreshToken::read(token) else { return Ok(Refreshed::Refused) };
        let (successor, now) = (presented.successor(&self.key), times::now());
        let rotation = Rotation {
            presented: presented.digest(),
            successor: successor.digest(),
            now,
            grace: self.grace,
            idle_until: self.idle_until(now),
        };
        let (store, revocations) = (Arc::clone(&self.store), self.revocations.clone());
        let rotated = task::to_its_end(async move {
            let rotated = store.rotate(&rotation).await?;
            if let Rotated::Reused { session, .. } = &rotated {
                revocations.end(session.id, now);
            }
            Ok(rotated)
        });
        Ok(match rotated.await? {
            Rotated::Rotated { session, repeated } => Refreshed::Granted { session, token: successor, repeated },
            Rotated::Reused { session, ended } => Refreshed::Reused { session, ended },
            Rotated::Refused => Refreshed::Refused,
        })
    }

    /// Ends a session, also one without a refresh token: its access tokens are refused from now on, here at once, and by other replicas
    /// within 6 seconds.
    ///
    /// If the caller goes away, the session ends nevertheless.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, Scopes, login::{Refreshed, Revocations, Sessions, store::MemoryStore}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// let (session, token) = sessions.begin("johndoe", None, &Scopes::from("me"), None).await?;
    /// sessions.end(session.id).await?;
    /// assert!(sessions.revocations().has_ended(session.id));
    /// assert!(matches!(sessions.refresh(token.as_str()).await?, Refreshed::Refused));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot end it. The access tokens are then refused here, but other replicas may not know, so the user
    /// has to try again.
    pub async fn end(&self, session: SessionId) -> Result<(), StoreError> {
        let now = times::now();
        self.revocations.end(session, now);
        let store = Arc::clone(&self.store);
        task::to_its_end(async move {
            store.end(Ending::Session(session), now, times::after(now, REMEMBERED)).await.map(drop)
        })
        .await
    }

    /// Ends all sessions of a subject, but for `except`. Returns their number.
    ///
    /// If the caller goes away, the sessions end nevertheless.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, Scopes, login::{Revocations, Sessions, store::MemoryStore}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// let (at_home, _) = sessions.begin("johndoe", None, &Scopes::from("me"), None).await?;
    /// let (at_work, _) = sessions.begin("johndoe", None, &Scopes::from("me"), None).await?;
    /// // The password was changed at home.
    /// assert_eq!(sessions.end_all("johndoe", Some(at_home.id)).await?, 1);
    /// assert!(sessions.revocations().has_ended(at_work.id));
    /// assert_eq!(sessions.of("johndoe").await?, [at_home]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot end them. They may then have ended or not.
    pub async fn end_all(&self, subject: &str, except: Option<SessionId>) -> Result<usize, StoreError> {
        let (store, revocations) = (Arc::clone(&self.store), self.revocations.clone());
        let (subject, now) = (Subject::from(subject), times::now());
        task::to_its_end(async move {
            let which = except.map_or(Ending::Subject(&subject), |other| Ending::SubjectExcept(&subject, other));
            let ended = store.end(which, now, times::after(now, REMEMBERED)).await?;
            ended.iter().for_each(|session| revocations.end(*session, now));
            Ok(ended.len())
        })
        .await
    }

    /// The sessions of a subject that have neither ended nor expired, the latest first, at most 100. A user can look at them, and
    /// [`end`](Self::end) those that are not his; compare their subject first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell.
    pub async fn of(&self, subject: &str) -> Result<Vec<Session>, StoreError> {
        self.store.sessions_of(subject, times::now(), LISTED).await
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
