//! What is done with sessions: they begin, are refreshed, are found, and end.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{
    super::{
        random,
        store::{Ending, Rotated, Rotation, Session, SessionId},
        task, times,
    },
    Sessions,
    refresh_token::RefreshToken,
    refreshed::Refreshed,
};
use crate::{error::StoreError, scopes::set::Scopes, token::subject::Subject};

/// A store remembers what has ended for this time: the longest life of access tokens, the time about which a store is asked again, and
/// some more.
const REMEMBERED: Duration = Duration::from_secs(60 * 60 + 5 * 60);
/// The most sessions in a list for a user.
const LISTED: u32 = 100;

impl Sessions {
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
        let rotated = task::stored(async move {
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
        task::stored(
            async move { store.end(Ending::Session(session), now, times::after(now, REMEMBERED)).await.map(drop) },
        )
        .await
    }

    /// Ends a session if it is one of this subject: a user may have chosen it in a list. Returns whether it was, and had not ended.
    ///
    /// If the caller goes away, the session ends nevertheless.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{HmacKey, Scopes, login::{Revocations, Sessions, store::MemoryStore}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    /// # let sessions = Sessions::new(MemoryStore::default(), &HmacKey::new([7; 32])?, revocations);
    /// let (session, _) = sessions.begin("johndoe", None, &Scopes::from("me"), None).await?;
    /// assert!(!sessions.end_own("alice", session.id).await?);
    /// assert!(sessions.end_own("johndoe", session.id).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot end it. It may then have ended or not.
    pub async fn end_own(&self, subject: &str, session: SessionId) -> Result<bool, StoreError> {
        let (store, revocations) = (Arc::clone(&self.store), self.revocations.clone());
        let (subject, now) = (Subject::from(subject), times::now());
        task::stored(async move {
            let which = Ending::SessionOf(&subject, session);
            let ended = store.end(which, now, times::after(now, REMEMBERED)).await?;
            ended.iter().for_each(|session| revocations.end(*session, now));
            Ok(!ended.is_empty())
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
        task::stored(async move {
            let which = except.map_or(Ending::Subject(&subject), |other| Ending::SubjectExcept(&subject, other));
            let ended = store.end(which, now, times::after(now, REMEMBERED)).await?;
            ended.iter().for_each(|session| revocations.end(*session, now));
            Ok(ended.len())
        })
        .await
    }

    /// The sessions of a subject that have neither ended nor expired, the latest first, at most 100. A user can look at them, and
    /// [`end_own`](Self::end_own) those that are not his.
    ///
    /// ```
    /// use axum_scopes::{error::StoreError, login::{SessionClaims, Sessions, store::SessionId}};
    ///
    /// /// Ends another session of the caller, and returns whether it was one.
    /// async fn end_mine(sessions: &Sessions, caller: &SessionClaims, id: SessionId) -> Result<bool, StoreError> {
    ///     let is_mine = sessions.of(&caller.sub).await?.iter().any(|session| session.id == id);
    ///     if is_mine {
    ///         sessions.end(id).await?;
    ///     }
    ///     Ok(is_mine)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot tell.
    pub async fn of(&self, subject: &str) -> Result<Vec<Session>, StoreError> {
        self.store.sessions_of(subject, times::now(), LISTED).await
    }
}
