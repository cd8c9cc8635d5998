//! What happens at a login, for an audit log and for measurements. Nothing of it is secret.

use std::net::IpAddr;

use super::store::SessionId;

/// Something that has happened at a login. It has no password and no token, and nothing that a client has made up: the subject is
/// that of an account, and the client is one that is known.
///
/// ```
/// use axum_scopes::login::{Event, Outcome};
///
/// fn count(event: &Event) {
///     match event.outcome {
///         Outcome::LoggedIn => { /* … */ }
///         Outcome::RefreshReused => { /* … somebody has a copy of a refresh token of event.subject … */ }
///         outcome => { let _label = outcome.as_str(); }
///     }
/// }
/// # let _ = count;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// What has happened.
    pub outcome: Outcome,
    /// The subject, if there is such an account. For a client that acts for itself, it is `None`.
    pub subject: Option<String>,
    /// The client, if it is known.
    pub client_id: Option<String>,
    /// The session, if there is one.
    pub session: Option<SessionId>,
    /// From where, if the service tells addresses.
    pub address: Option<IpAddr>,
}

impl Event {
    pub(super) const fn new(outcome: Outcome) -> Self {
        Self { outcome, subject: None, client_id: None, session: None, address: None }
    }
}

macro_rules! outcomes {
    ($($(#[$doc:meta])* $Outcome:ident $text:literal),* $(,)?) => {
        /// What has happened. Each request at an endpoint has one outcome, unless its body cannot be read.
        ///
        /// | outcome | when | answer | log |
        /// |---|---|---|---|
        /// | `LoggedIn` | a user has logged in | 200 | info |
        /// | `WrongPassword` | there is no such account, it has no password, or the password is another one | 400 `invalid_grant` | info |
        /// | `Disabled` | the password is right and the account is disabled; or a refresh of such an account, whose session then ends | 400 `invalid_grant` | info |
        /// | `Throttled` | too many attempts for this account, device or address | 429 | info |
        /// | `Busy` | too many passwords wait to be hashed | 503 | info |
        /// | `Refreshed` | a session goes on | 200 | debug |
        /// | `RefreshRefused` | a refresh token is unknown, has expired, was issued to another client or key, or its session has ended | 400 `invalid_grant` | info |
        /// | `RefreshReused` | a refresh token was used twice; its session has ended | 400 `invalid_grant` | warn |
        /// | `ClientToken` | a client has a token for itself | 200 | debug |
        /// | `ClientRefused` | a client is unknown, or failed to authenticate | 401 `invalid_client` | info |
        /// | `RequestRefused` | a request is malformed, its proof is wrong, or it asks for a grant or a scope that it cannot have | 400 | debug |
        /// | `SessionEnded` | a session has ended: a logout, a revoked token, a login whose client went away before its answer | 200 | info |
        /// | `SessionsEnded` | all sessions of a subject have ended | 200 | info |
        /// | `NothingRevoked` | a token that was to be revoked is unknown, or a session is none of the user who was to leave it | 200 | debug |
        /// | `PasswordChanged` | a password was changed | 200 | info |
        /// | `PersonalTokenCreated`, `PersonalTokenDeleted` | a personal token was made, or deleted | 200 | info |
        /// | `StoreUnavailable` | a store did not answer | 503 | error, with the cause |
        /// | `Failed` | the service made a mistake, such as keys that may not sign now | 500 | error, with the cause |
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Outcome {
            $($(#[$doc])* $Outcome),*
        }

        impl Outcome {
            /// A short name, for the label of a metric.
            ///
            /// ```
            /// assert_eq!(axum_scopes::login::Outcome::WrongPassword.as_str(), "wrong_password");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Outcome => $text),*
                }
            }
        }
    };
}

outcomes! {
    /// A user has logged in.
    LoggedIn "logged_in",
    /// The name or the password is wrong.
    WrongPassword "wrong_password",
    /// The account is disabled.
    Disabled "disabled",
    /// Too many attempts.
    Throttled "throttled",
    /// The queue of hashes is full.
    Busy "busy",
    /// A session was refreshed.
    Refreshed "refreshed",
    /// A refresh token was refused.
    RefreshRefused "refresh_refused",
    /// A refresh token was used again, so its session has ended.
    RefreshReused "refresh_reused",
    /// A client has a token for itself.
    ClientToken "client_token",
    /// A client failed to authenticate.
    ClientRefused "client_refused",
    /// A request is malformed, or asks for what it cannot have.
    RequestRefused "request_refused",
    /// A session was ended: logout, revocation.
    SessionEnded "session_ended",
    /// All sessions of a subject were ended.
    SessionsEnded "sessions_ended",
    /// A token that was to be revoked is unknown, or a session is none of the user who was to leave it.
    NothingRevoked "nothing_revoked",
    /// A password was changed.
    PasswordChanged "password_changed",
    /// A personal token was made.
    PersonalTokenCreated "personal_token_created",
    /// A personal token was deleted.
    PersonalTokenDeleted "personal_token_deleted",
    /// A store did not answer.
    StoreUnavailable "store_unavailable",
    /// The service made a mistake.
    Failed "failed",
}
