//! The sessions that have ended within the lifetime of an access token, in memory.

use std::time::{Duration, SystemTime};

use super::store::{Ended, SessionId};

/// The sessions that have ended, as far as access tokens of them may still be valid. Copies share the list.
///
/// It is told of sessions that end here, and of those that a store knows of. If it was not told for longer than `max_staleness`, it
/// does not know, and tokens cannot be verified (503).
#[derive(Clone, Debug)]
pub struct Revocations(());

impl Revocations {
    /// An empty list that has never been told. `lifetime` is that of access tokens.
    #[must_use]
    pub fn new(lifetime: Duration, max_staleness: Duration) -> Self {
        let _ = (lifetime, max_staleness);
        unimplemented!()
    }

    /// A session has ended, here.
    pub fn end(&self, session: SessionId, at: SystemTime) {
        let _ = (session, at);
        unimplemented!()
    }

    /// What a store has answered. It was asked at `asked`, so all that ended before is known now.
    pub fn update(&self, asked: SystemTime, ended: &[Ended]) {
        let _ = (asked, ended);
        unimplemented!()
    }

    /// Since when the store has to be asked: the end of what is known, or the lifetime of a token ago.
    #[must_use]
    pub fn ask_since(&self, now: SystemTime) -> SystemTime {
        let _ = now;
        unimplemented!()
    }

    /// Whether the list was told recently, for a readiness probe.
    #[must_use]
    pub fn is_current(&self) -> bool {
        unimplemented!()
    }
}
