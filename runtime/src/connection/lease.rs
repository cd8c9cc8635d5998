//! The right to keep a connection open: takes the claims of its token, says when it ends.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    ended::Ended,
    expiry::{Clock, Expiry},
    recheck::Recheck,
};
use crate::{
    scopes::grants::Grants,
    token::{claims::Claims, verify::now},
};

/// The right to keep a connection open: until its token expires, and as long as the token is good when it is verified again.
///
/// A lease is made in a handler, from claims that were verified for the request. It moves to where the connection is served.
///
/// ```
/// use std::time::Duration;
/// use axum_scopes::{Claims, connection::{Ended, Lease}};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let mut lease = Lease::of(&Claims::new("amy", "events", Duration::from_secs(60)));
/// assert_eq!(lease.run(async { "a short answer" }).await, Ok("a short answer"));
/// assert_eq!(lease.run(std::future::pending::<()>()).await, Err(Ended::Expired));
/// # }
/// ```
///
/// # Clocks
///
/// `exp` is a time of the system's clock. If that is set while the connection is open, or the machine was asleep, the lease notices it
/// within 30 seconds. It never lasts longer than it was meant to when it was made, even if the clock is set back.
///
/// # Panics
///
/// Where it is awaited, if the runtime of tokio has no timer. `#[tokio::main]` has one.
#[must_use = "a connection that does not ask its lease goes on"]
pub struct Lease {
    /// What the connection was opened with. Later tokens have to grant as much.
    claims: Claims,
    issuer: Option<Box<str>>,
    expiry: Expiry,
    pub(super) recheck: Option<Recheck>,
    pub(super) tolerance: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    /// Once it has ended, it stays so.
    ended: Option<Ended>,
}

impl Lease {
    /// A lease that ends when a token with these claims expires. If it has expired, the lease ends at once.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, connection::Lease};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut lease = Lease::of(&Claims::new("amy", "events", Duration::ZERO));
    /// assert_eq!(lease.ended().await.to_string(), "token has expired");
    /// # }
    /// ```
    pub fn of(claims: &Claims) -> Self {
        Self::by_clock(claims, now)
    }

    pub(super) fn by_clock(claims: &Claims, clock: Clock) -> Self {
        let expiry = Expiry::new(claims.exp, clock);
        Self { claims: claims.clone(), issuer: None, expiry, recheck: None, tolerance: None, timer: None, ended: None }
    }

    /// Says who has issued the token, for [`renew`](Self::renew). With several issuers, name it: two of them may have the same
    /// subject, and one issuer's user must not go on with the connection of another's.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, connection::{Ended, Lease}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let lease = |iss| Lease::of(&Claims::new("amy", "events", Duration::from_secs(60))).of_issuer(iss);
    /// let mut ours = lease("https://id.example.com");
    /// assert_eq!(ours.renew(lease("https://other.example.com")), Err(Ended::Changed));
    /// assert_eq!(ours.renew(lease("https://id.example.com")), Ok(()));
    /// # }
    /// ```
    pub fn of_issuer(mut self, issuer: impl Into<Box<str>>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Waits until the connection has to end, and says why. It can be dropped and called again, so it can be a branch of a
    /// `tokio::select!` in a loop: neither the time nor a check under way begins anew.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, connection::{Ended, Lease}};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let mut lease = Lease::of(&Claims::new("amy", "events", Duration::from_secs(5)));
    /// let mut ticks = 0;
    /// let ended = loop {
    ///     tokio::select! {
    ///         ended = lease.ended() => break ended,
    ///         () = tokio::time::sleep(Duration::from_secs(2)) => ticks += 1,
    ///     }
    /// };
    /// assert_eq!((ended, ticks), (Ended::Expired, 2));
    /// # }
    /// ```
    pub async fn ended(&mut self) -> Ended {
        poll_fn(|cx| self.poll_ended(cx)).await
    }

    /// Runs `work` until it is done or the lease ends. `work` is then dropped where it awaits.
    ///
    /// # Errors
    ///
    /// [`Ended`] if the lease ends first.
    ///
    /// ```
    /// use axum::extract::ws::{CloseFrame, Message, WebSocket};
    /// use axum_scopes::connection::Lease;
    ///
    /// async fn serve(mut socket: WebSocket, mut lease: Lease) {
    ///     if let Err(ended) = lease.run(echo(&mut socket)).await {
    ///         let frame = CloseFrame { code: ended.close_code(), reason: ended.to_string().into() };
    ///         // This fails only where the client has gone.
    ///         let _ = socket.send(Message::Close(Some(frame))).await;
    ///     }
    /// }
    ///
    /// async fn echo(socket: &mut WebSocket) {
    ///     while let Some(Ok(message)) = socket.recv().await {
    ///         if socket.send(message).await.is_err() {
    ///             return;
    ///         }
    ///     }
    /// }
    /// ```
    pub async fn run<F: Future>(&mut self, work: F) -> Result<F::Output, Ended> {
        let mut work = pin!(work);
        poll_fn(|cx| match self.poll_ended(cx) {
            Poll::Ready(ended) => Poll::Ready(Err(ended)),
            Poll::Pending => work.as_mut().poll(cx).map(Ok),
        })
        .await
    }

    /// Goes on with the lease of another token, for a client that sends its next token over the open connection. Verify that token as
    /// you verify the first one. What has ended does not go on.
    ///
    /// # Errors
    ///
    /// [`Ended::Changed`] if the token is for another subject, is of another [issuer](Self::of_issuer), is bound to another sender, or lacks a scope that the connection began
    /// with. This lease then lasts as long as before. The reason, if it has ended.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, connection::{Ended, Lease}};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let claims = |sub, seconds| Claims::new(sub, "events", Duration::from_secs(seconds));
    /// let mut lease = Lease::of(&claims("amy", 60));
    /// assert_eq!(lease.renew(Lease::of(&claims("joe", 600))), Err(Ended::Changed));
    /// assert_eq!(lease.renew(Lease::of(&claims("amy", 600))), Ok(()));
    /// assert!(lease.run(tokio::time::sleep(Duration::from_secs(300))).await.is_ok());
    /// # }
    /// ```
    pub fn renew(&mut self, next: Self) -> Result<(), Ended> {
        if let Some(ended) =
            self.ended.clone().or_else(|| self.expiry.has_come(Instant::now()).then_some(Ended::Expired))
        {
            return Err(ended);
        }
        if next.issuer != self.issuer || !self.is_continued_by(&next.claims) {
            return Err(Ended::Changed);
        }
        let Self { expiry, recheck, tolerance, ended, .. } = next;
        (self.expiry, self.recheck, self.tolerance, self.ended) = (expiry, recheck, tolerance, ended);
        Ok(())
    }

    fn is_continued_by(&self, claims: &Claims) -> bool {
        claims.sub == self.claims.sub
            && claims.cnf == self.claims.cnf
            && self.claims.scope.iter().all(|scope| claims.grants(scope))
    }

    pub(super) fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Ended> {
        if self.ended.is_none() {
            self.ended = Some(ready!(self.poll_end(cx)));
            // What it holds of the token is not needed any more.
            (self.recheck, self.timer) = (None, None);
        }
        self.ended.clone().map_or(Poll::Pending, Poll::Ready)
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<Ended> {
        loop {
            let now = Instant::now();
            if self.expiry.has_come(now) {
                return Poll::Ready(Ended::Expired);
            }
            match self.poll_recheck(cx, now) {
                Poll::Ready(Ok(claims)) if self.is_continued_by(&claims) => {
                    self.expiry = self.expiry.moved(claims.exp);
                }
                Poll::Ready(Ok(_)) => return Poll::Ready(Ended::Changed),
                Poll::Ready(Err(ended)) => return Poll::Ready(ended),
                Poll::Pending => {
                    let look = self.recheck.as_ref().map(|recheck| recheck.look(self.tolerance));
                    let expiry = self.expiry.look(now);
                    ready!(self.poll_timer(cx, look.map_or(expiry, |look| look.min(expiry))));
                }
            }
        }
    }

    fn poll_recheck(&mut self, cx: &mut Context<'_>, now: Instant) -> Poll<Result<Claims, Ended>> {
        self.recheck.as_mut().map_or(Poll::Pending, |recheck| recheck.poll(cx, now, self.tolerance))
    }

    /// Ready at this time, or earlier.
    fn poll_timer(&mut self, cx: &mut Context<'_>, at: Instant) -> Poll<()> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if timer.is_elapsed() || timer.deadline() > at {
            timer.as_mut().reset(at);
        }
        timer.as_mut().poll(cx)
    }
}

/// What a check holds may contain the token, so it is not shown.
impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("claims", &self.claims).field("ended", &self.ended).finish_non_exhaustive()
    }
}
