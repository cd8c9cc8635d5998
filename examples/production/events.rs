//! What happens at the login, as measurements. The library logs it.

use std::time::Instant;

use axum_scopes::login::Event;

/// Counts an event: logins, refusals by kind, refreshes, refresh tokens that were used twice.
pub fn count(event: &Event) {
    metrics::counter!("login_events_total", "event" => event.outcome.as_str()).increment(1);
}

/// A request for a token that is under way. Most of these wait for their turn to be hashed.
pub struct UnderWay(Instant);

impl UnderWay {
    pub fn begin() -> Self {
        metrics::gauge!("token_requests_under_way").increment(1.0);
        Self(Instant::now())
    }
}

/// Also if the client has gone away.
impl Drop for UnderWay {
    fn drop(&mut self) {
        metrics::gauge!("token_requests_under_way").decrement(1.0);
        metrics::histogram!("token_request_seconds").record(self.0.elapsed());
    }
}
