//! What happens at a login, for an audit log and for measurements. Nothing of it is secret.

use std::net::IpAddr;

use super::store::SessionId;

/// Something that has happened. It names nobody's password and no token.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// What has happened.
    pub outcome: Outcome,
    /// The subject, if it is known.
    pub subject: Option<String>,
    /// The client, if it is known.
    pub client_id: Option<String>,
    /// The session, if there is one.
    pub session: Option<SessionId>,
    /// From where, if the service tells addresses.
    pub address: Option<IpAddr>,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// A user has logged in.
    LoggedIn,
    /// The name or the password is wrong.
    WrongPassword,
    /// The account is disabled.
    Disabled,
    /// Too many attempts.
    Throttled,
    /// The queue of hashes is full.
    Busy,
    /// A session was refreshed.
    Refreshed,
    /// A refresh token was refused.
    RefreshRefused,
    /// A refresh token was used again, so its session has ended.
    RefreshReused,
    /// A client has a token for itself.
    ClientToken,
    /// A client failed to authenticate.
    ClientRefused,
    /// A session was ended: logout, revocation.
    SessionEnded,
    /// All sessions of a subject were ended.
    SessionsEnded,
    /// A password was changed.
    PasswordChanged,
    /// A personal token was made.
    PersonalTokenCreated,
    /// A personal token was deleted.
    PersonalTokenDeleted,
    /// A store did not answer.
    StoreUnavailable,
}
