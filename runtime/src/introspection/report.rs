//! Logs failed requests: each kind of failure at its level at most twice a minute, and all others only for debugging, because a flood
//! of requests must not become a flood of lines.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::error::RequestError;
use crate::issuer::error::with_sources;

const PAUSE: Duration = Duration::from_secs(30);

pub(super) struct Reports {
    /// The URL without its query.
    endpoint: String,
    /// When the last failure was logged, of the service's own credentials and of all other kinds.
    last: Mutex<[Option<Instant>; 2]>,
}

impl Reports {
    pub(super) fn new(endpoint: &str) -> Self {
        Self { endpoint: endpoint.to_owned(), last: Mutex::default() }
    }

    pub(super) fn failed(&self, error: &RequestError) {
        let (endpoint, of_credentials) = (&self.endpoint, matches!(error, RequestError::Credentials));
        let is_due = self.is_due(usize::from(of_credentials));
        let error = with_sources(error);
        match (is_due, of_credentials) {
            (true, true) => tracing::error!(endpoint, error, "the credentials of this service are refused"),
            (true, false) => tracing::warn!(endpoint, error, "cannot introspect tokens"),
            (false, _) => tracing::debug!(endpoint, error, "cannot introspect a token"),
        }
    }

    fn is_due(&self, kind: usize) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let is_due = last[kind].is_none_or(|last| now.saturating_duration_since(last) >= PAUSE);
        if is_due {
            last[kind] = Some(now);
        }
        is_due
    }
}
