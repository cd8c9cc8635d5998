//! Asks about a token that is not remembered: one request for each token at a time, within every bound. A verdict goes out, or why
//! there is none.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    runtime::Handle,
    sync::OwnedSemaphorePermit,
    time::{Instant, timeout_at},
};
use zeroize::Zeroizing;

use super::{
    answer::{self, Verdict},
    budget::{Budget, Reserved},
    config::Introspection,
    endpoint::{Ask, NoReply},
    error::{IntrospectionError, RequestError},
    flights::Flights,
    lanes::Lane,
    memory::Memory,
    report::Reports,
    signed::{self, SignedAnswers},
};
use crate::{
    jose::provider::Digest,
    token::{verify::now, verify_error::VerifyError},
};

/// When a client may try again after a failure that says nothing about it, in seconds.
const RETRY_AFTER: u32 = 5;
/// Somebody has to mend the configuration.
const RETRY_AFTER_MENDING: u32 = 30;
/// The endpoint is left alone for at most this time, in seconds.
const LONGEST_REST: u32 = 300;

pub(super) struct Inquiry {
    ask: Ask,
    timeout: Duration,
    lifetime: Option<Duration>,
    /// If answers are signed.
    signed: Option<SignedAnswers>,
    memory: Arc<Memory>,
    flights: Arc<Flights<Outcome>>,
    known: Lane,
    unknown: Lane,
    budget: Budget,
    start: Instant,
    /// The end of a rest that the endpoint has asked for, in milliseconds after `start`.
    rest: AtomicU64,
    reports: Reports,
}

type Outcome = Result<Verdict, Unanswered>;

/// Nobody knows whether the token is good.
#[derive(Clone, Debug)]
pub(super) struct Unanswered {
    error: Arc<RequestError>,
    retry_after: u32,
}

/// What a request needs to begin.
type Admitted = (OwnedSemaphorePermit, Handle);

impl Inquiry {
    pub(super) fn new(
        introspection: &Introspection,
        ask: Ask,
        memory: Arc<Memory>,
    ) -> Result<Arc<Self>, IntrospectionError> {
        let (most, interval) = introspection.inactive;
        let signed = SignedAnswers::start(introspection).map_err(IntrospectionError::Issuer)?;
        Ok(Arc::new(Self {
            ask,
            timeout: introspection.timeout,
            lifetime: introspection.lifetime,
            memory,
            flights: Flights::new(),
            known: Lane::new(introspection.requests),
            unknown: Lane::new(introspection.requests),
            budget: Budget::new(most, interval),
            start: Instant::now(),
            rest: AtomicU64::new(0),
            reports: Reports::new(&introspection.shown_url()),
            signed,
        }))
    }

    /// The verdict about a token.
    pub(super) async fn verdict(self: &Arc<Self>, digest: Digest, token: &str) -> Outcome {
        let is_known = self.memory.knows(&digest);
        let _place = self.lane(is_known).caller().ok_or(Unanswered::busy(1))?;
        let admit = || self.admit(is_known);
        let begin = |flight: super::flights::Flight<Outcome>, (place, runtime): Admitted| {
            let (inquiry, token) = (Arc::clone(self), Zeroizing::new(token.to_owned()));
            runtime.spawn(async move {
                let outcome = inquiry.ask(digest, &token, is_known).await;
                flight.land(outcome);
                drop(place);
            });
        };
        let outcome = self.flights.answer(digest, admit, begin).await?;
        outcome.unwrap_or_else(|| Err(self.failed(RequestError::Runtime, None)))
    }

    fn lane(&self, is_known: bool) -> &Lane {
        if is_known { &self.known } else { &self.unknown }
    }

    /// Whether a request may begin.
    fn admit(&self, is_known: bool) -> Result<Admitted, Unanswered> {
        drop(self.reserve(is_known)?);
        let place = self.lane(is_known).token().ok_or(Unanswered::busy(1))?;
        let runtime = Handle::try_current().map_err(|_| self.failed(RequestError::Runtime, None))?;
        Ok((place, runtime))
    }

    /// Whether the endpoint may be asked now. A token that was accepted before needs nothing of the budget.
    fn reserve(&self, is_known: bool) -> Result<Option<Reserved<'_>>, Unanswered> {
        let rest = Duration::from_millis(self.rest.load(Relaxed)).saturating_sub(self.start.elapsed());
        if !rest.is_zero() {
            return Err(Unanswered::busy(rest.as_secs_f64().ceil() as u32));
        }
        if is_known { Ok(None) } else { self.budget.reserve().map(Some).map_err(Unanswered::busy) }
    }

    /// Asks the endpoint, when it is the token's turn.
    async fn ask(&self, digest: Digest, token: &str, is_known: bool) -> Outcome {
        let deadline = Instant::now() + self.timeout;
        let turn = timeout_at(deadline, self.lane(is_known).request()).await;
        let Ok(Some(_turn)) = turn else { return Err(Unanswered::busy(1)) };
        // Much may have happened since the request was admitted.
        let reserved = self.reserve(is_known)?;
        let answer = timeout_at(deadline, self.answer(token)).await;
        let verdict = answer.unwrap_or(Err(RequestError::Timeout.into()));
        let verdict = verdict.map_err(|NoReply(error, wait)| self.failed(error, wait))?;
        if let Verdict::Refused(error) = &verdict {
            reserved.into_iter().for_each(Reserved::spend);
            self.memory.refuse(digest, error.clone());
        }
        Ok(verdict)
    }

    async fn answer(&self, token: &str) -> Result<Verdict, NoReply> {
        let reply = (self.ask)(token).await?;
        let expected = if self.signed.is_some() { signed::MEDIA_TYPE } else { answer::MEDIA_TYPE };
        if reply.media_type != expected {
            return Err(RequestError::MediaType.into());
        }
        let text = str::from_utf8(&reply.body).map_err(|_| RequestError::Answer)?;
        Ok(match &self.signed {
            None => answer::read(text, self.lifetime, now())?,
            Some(signed) => answer::read(&signed.answer(text).await?, self.lifetime, now())?,
        })
    }

    /// Logs a failure, and leaves the endpoint alone for as long as it wants.
    fn failed(&self, error: RequestError, wait: Option<u32>) -> Unanswered {
        self.reports.failed(&error);
        let wait = wait.map(|seconds| seconds.clamp(1, LONGEST_REST));
        if let Some(seconds) = wait {
            let until = self.start.elapsed() + Duration::from_secs(seconds.into());
            self.rest.fetch_max(until.as_millis() as u64, Relaxed);
        }
        let usual = if matches!(error, RequestError::Credentials) { RETRY_AFTER_MENDING } else { RETRY_AFTER };
        Unanswered { error: Arc::new(error), retry_after: wait.unwrap_or(usual) }
    }

    #[cfg(test)]
    pub(super) fn under_way(&self) -> usize {
        self.flights.len()
    }
}

impl Unanswered {
    fn busy(retry_after: u32) -> Self {
        Self { error: Arc::new(RequestError::Busy), retry_after: retry_after.max(1) }
    }
}

impl From<Unanswered> for VerifyError {
    fn from(Unanswered { error, retry_after }: Unanswered) -> Self {
        Self::Unavailable { retry_after, source: Some(error) }
    }
}
