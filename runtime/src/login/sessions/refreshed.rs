//! What comes of a refresh token.

use super::{super::store::Session, refresh_token::RefreshToken};

/// What came of a refresh token.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refreshed {
    /// The session goes on with this token.
    Granted {
        /// The session.
        session: Session,
        /// The next refresh token.
        token: RefreshToken,
        /// Whether the same token had been used before, within the grace.
        repeated: bool,
    },
    /// The token was used before, and may not be used again. Somebody has a copy of it, so its session has ended.
    Reused {
        /// The session.
        session: Session,
        /// Whether this use has ended it. It may have ended before.
        ended: bool,
    },
    /// The token is unknown or has expired, or its session has ended.
    Refused,
}
