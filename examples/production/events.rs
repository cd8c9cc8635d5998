//! What happens at the login, as measurements. The library logs it.

use axum_scopes::login::Event;

/// Counts an event: logins, refusals by kind, refreshes, refresh tokens that were used twice.
pub fn count(event: &Event) {
    metrics::counter!("login_events_total", "event" => event.outcome.as_str()).increment(1);
}
