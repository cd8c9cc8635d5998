//! Leases whose token is verified again: by a verifier, or by a check of the service's own.

use std::{future::Future, sync::Arc, time::Duration};

use zeroize::Zeroizing;

use super::{lease::Lease, recheck::Recheck};
use crate::{
    credential::presented::Presented,
    token::{claims::Claims, judge::VerifyToken, verify_error::VerifyError},
};

impl Lease {
    /// Has the token verified again by `verifier` at this interval, the first time after one interval. Use it with a verifier that
    /// notices revoked tokens, for instance one that asks the issuer or a table of sessions.
    ///
    /// Only the token is verified again, as it was presented. A token that is bound to its sender has to stay bound to the same: the proof of
    /// the sender was for the request that opened the connection, and is not shown again.
    ///
    /// [`check_again`](Self::check_again) says what ends the lease, and what the limits of the interval are.
    ///
    /// ```
    /// use std::{convert::Infallible, time::Duration};
    /// use axum::{extract::State, response::sse::{Event, Sse}};
    /// use axum_scopes::{Depends, Flows, OAuth2Scheme, connection::Lease, credential::AccessToken, security, verified};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("events", "Read events.")];
    /// # }
    /// # type Sessions = axum_scopes::TokenVerifier;
    /// # fn all_events() -> futures_util::stream::Pending<Result<Event, Infallible>> { futures_util::stream::pending() }
    ///
    /// #[security(scopes = ["events"])]
    /// async fn events(
    ///     Depends(claims): Depends<verified<Api, Sessions>>,
    ///     token: AccessToken<Api>,
    ///     State(sessions): State<Sessions>,
    /// ) -> Sse<impl futures_util::Stream<Item = Result<Event, Infallible>>> {
    ///     let lease = Lease::of(&claims).verify_again(Duration::from_secs(60), &sessions, &token.presented());
    ///     Sse::new(lease.stream(all_events()))
    /// }
    /// # let _ = axum::Router::<Sessions>::new().route("/", axum::routing::get(events));
    /// ```
    pub fn verify_again<V: VerifyToken>(self, every: Duration, verifier: &V, presented: &Presented<'_>) -> Self {
        let token = Arc::new(Zeroizing::new(presented.token().to_owned()));
        let (verifier, how) = (verifier.clone(), presented.how());
        self.check_again(every, move || {
            let (verifier, token) = (verifier.clone(), Arc::clone(&token));
            async move { verifier.judge_as(&Presented::new(&token, how).to_be_confirmed()).await }
        })
    }

    /// Calls `check` at this interval, the first time after one interval, and awaits what it returns: the claims that the token has
    /// now.
    ///
    /// | result of `check` | the lease |
    /// |---|---|
    /// | the same subject, and at least the scopes that the connection began with | lasts until their `exp`, which may be later or earlier than before |
    /// | another subject, a scope less, or bound to another sender | ends with [`Ended::Changed`](crate::connection::Ended::Changed) |
    /// | [`VerifyError::Unavailable`] | goes on; `check` is called again after `retry_after`, and not later than after an interval |
    /// | any other error | ends with [`Ended::Refused`](crate::connection::Ended::Refused) |
    /// | none, or only `Unavailable`, for longer than is [tolerated](Self::tolerate) | ends with [`Ended::Unverified`](crate::connection::Ended::Unverified) |
    ///
    /// An interval of less than a second is one second. `check` runs as a part of the connection's task, and a connection that is
    /// closed drops it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use axum_scopes::{Claims, connection::{Ended, Lease}, token::TokenError};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// # let is_disabled = |_: &str| std::future::ready(true);
    /// let claims = Claims::new("amy", "events", Duration::from_secs(3600));
    /// let again = claims.clone();
    /// let mut lease = Lease::of(&claims).check_again(Duration::from_secs(60), move || {
    ///     let claims = again.clone();
    ///     async move { if is_disabled(&claims.sub).await { Err(TokenError::Inactive.into()) } else { Ok(claims) } }
    /// });
    /// assert_eq!(lease.ended().await, Ended::Refused(TokenError::Inactive.into()));
    /// # }
    /// ```
    pub fn check_again<F, R>(mut self, every: Duration, mut check: F) -> Self
    where
        F: FnMut() -> R + Send + 'static,
        R: Future<Output = Result<Claims, VerifyError>> + Send + 'static,
    {
        self.recheck = Some(Recheck::new(every, Box::new(move || Box::pin(check()))));
        self
    }

    /// Sets how long the connection goes on when a check is due and has no result: while it runs, and while the answer is
    /// [`VerifyError::Unavailable`]. It is as long as the interval if it is not set, and one second if it is set to less.
    ///
    /// A revoked token is so accepted for at most the interval and this time together.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, connection::{Ended, Lease}, token::VerifyError};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let begin = tokio::time::Instant::now();
    /// let mut lease = Lease::of(&Claims::new("amy", "events", Duration::from_secs(3600)))
    ///     .check_again(Duration::from_secs(60), async || Err(VerifyError::unavailable(5, std::io::Error::other("down"))))
    ///     .tolerate(Duration::from_secs(300));
    /// assert_eq!(lease.ended().await, Ended::Unverified);
    /// assert_eq!(begin.elapsed().as_secs(), 360);
    /// # }
    /// ```
    pub fn tolerate(mut self, outage: Duration) -> Self {
        self.tolerance = Some(outage);
        self
    }
}
