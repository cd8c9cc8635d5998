//! Tells what has happened: to the service's listener, and to the log. Each report is told once, because telling takes it.

use std::net::IpAddr;

use super::{
    super::{
        event::{Event, Outcome},
        store::SessionId,
    },
    refusal::Refusal,
    settings::{Listener, Settings},
};
use crate::error::AuthError;

/// What is known of a request before its outcome.
#[must_use = "an outcome that nobody is told is missing in the audit log"]
pub(super) struct Report {
    listener: Option<Listener>,
    event: Event,
}

impl Report {
    pub(super) fn new(settings: &Settings, address: Option<IpAddr>) -> Self {
        let event = Event { address, ..Event::new(Outcome::Failed) };
        Self { listener: settings.listener.clone(), event }
    }

    pub(super) const fn address(&self) -> Option<IpAddr> {
        self.event.address
    }

    /// The subject of an account that there is, never a name that somebody has typed.
    pub(super) fn subject(&mut self, subject: &str) {
        self.event.subject = Some(subject.to_owned());
    }

    /// A client that is known.
    pub(super) fn client(&mut self, id: &str) {
        self.event.client_id = Some(id.to_owned());
    }

    pub(super) fn session(&mut self, session: SessionId) {
        self.event.session = Some(session);
    }

    pub(super) fn tell(mut self, outcome: Outcome) {
        self.event.outcome = outcome;
        log(&self.event);
        if let Some(listener) = self.listener {
            listener(&self.event);
        }
    }

    /// Tells the outcome of a result, and yields what the client gets.
    pub(super) fn conclude<T>(self, result: Result<(T, Outcome), Refusal>) -> Result<T, AuthError> {
        let (outcome, answer) = match result {
            Ok((value, outcome)) => (outcome, Ok(value)),
            Err(Refusal { outcome, error }) => (outcome, Err(error)),
        };
        self.tell(outcome);
        answer
    }

    /// For what happens after the outcome of the request.
    pub(super) fn afterwards(&self) -> Self {
        Self { listener: self.listener.clone(), event: self.event.clone() }
    }
}

/// `?` escapes line breaks, if an identifier of the service has any.
macro_rules! log {
    ($level:ident, $event:expr) => {
        tracing::$level!(
            outcome = $event.outcome.as_str(),
            subject = $event.subject.as_deref().map(tracing::field::debug),
            client_id = $event.client_id.as_deref().map(tracing::field::debug),
            session = $event.session.as_ref().map(tracing::field::display),
            address = $event.address.as_ref().map(tracing::field::display),
            "login"
        )
    };
}

fn log(event: &Event) {
    match event.outcome {
        Outcome::RefreshReused => log!(warn, event),
        // Their causes were logged as errors, with less of what is known here.
        Outcome::StoreUnavailable | Outcome::Failed => log!(warn, event),
        Outcome::Refreshed | Outcome::ClientToken | Outcome::RequestRefused | Outcome::NothingRevoked => {
            log!(debug, event);
        }
        _ => log!(info, event),
    }
}
