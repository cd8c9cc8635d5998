//! Verifies the token of a connection again from time to time, and knows when nobody has been able to for too long.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::Instant;

use super::{ended::Ended, expiry::FAR};
use crate::token::{claims::Claims, verify_error::VerifyError};

/// The shortest interval. With less, one connection could keep an issuer busy.
const LEAST: Duration = Duration::from_secs(1);

pub(super) type Check = Pin<Box<dyn Future<Output = Result<Claims, VerifyError>> + Send>>;

/// A check that is repeated.
pub(super) struct Recheck {
    every: Duration,
    check: Box<dyn FnMut() -> Check + Send>,
    /// The check under way, and when it began.
    running: Option<(Instant, Check)>,
    /// When the next check begins.
    due: Instant,
    /// When the last good check began, or the connection.
    good: Instant,
}

impl Recheck {
    pub(super) fn new(every: Duration, check: Box<dyn FnMut() -> Check + Send>) -> Self {
        let (every, now) = (every.clamp(LEAST, FAR), Instant::now());
        Self { every, check, running: None, due: now + every, good: now }
    }

    /// Ready when a check is done, or when there has been no good one for too long. A check that hangs is not waited for.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        now: Instant,
        tolerance: Option<Duration>,
    ) -> Poll<Result<Claims, Ended>> {
        if self.stale_at(tolerance) <= now {
            return Poll::Ready(Err(Ended::Unverified));
        }
        let (begun, check) = match &mut self.running {
            Some(running) => running,
            None if now < self.due => return Poll::Pending,
            None => self.running.insert((now, (self.check)())),
        };
        let (begun, result) = (*begun, ready!(check.as_mut().poll(cx)));
        self.running = None;
        match result {
            Ok(claims) => {
                (self.good, self.due) = (begun, now + self.every);
                Poll::Ready(Ok(claims))
            }
            Err(VerifyError::Unavailable { retry_after, ref source }) => {
                tracing::debug!(?source, "token of an open connection not verified");
                self.due = now + Duration::from_secs(retry_after.into()).clamp(LEAST, self.every);
                Poll::Pending
            }
            Err(error) => Poll::Ready(Err(Ended::Refused(error))),
        }
    }

    /// The time at which to look again. A check under way wakes the task itself.
    pub(super) fn look(&self, tolerance: Option<Duration>) -> Instant {
        let stale = self.stale_at(tolerance);
        if self.running.is_some() { stale } else { stale.min(self.due) }
    }

    fn stale_at(&self, tolerance: Option<Duration>) -> Instant {
        self.good + self.every + tolerance.unwrap_or(self.every).clamp(LEAST, FAR)
    }
}
