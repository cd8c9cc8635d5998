//! The authorization server: its parts come in, requests come in, responses go out.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use axum::response::Response;

use super::{
    super::{
        access_tokens::AccessTokens,
        accounts::Accounts,
        clients::{Client, Clients},
        event::Event,
        personal::{NewPersonalToken, PersonalTokens},
        sessions::Sessions,
        store::SessionId,
        throttle::Throttle,
        token_response::TokenResponse,
    },
    account, granting,
    request::{RevocationRequest, TokenRequest},
    revocation,
    settings::Settings,
};
#[cfg(feature = "dpop")]
use crate::sender::dpop::Dpop;
use crate::{
    credential::password::Password,
    error::AuthError,
    password::Passwords,
    scheme::{info::SchemeInfo, oauth2::OAuth2Scheme},
    scopes::set::Scopes,
};

/// The client identifier of the service's own user interface, unless set.
const OWN_CLIENT: &str = "ui";

/// The login of a service: a token endpoint for the grants that it allows, revocation, and what handlers of a profile page need. `S` is
/// the scheme of its tokens. Copies are cheap, and share everything.
pub struct AuthorizationServer<S> {
    settings: Arc<Settings>,
    scheme: PhantomData<fn() -> S>,
}

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// A server for the accounts of a service.
    #[must_use]
    pub fn new(accounts: impl Accounts, passwords: Passwords, sessions: Sessions, tokens: AccessTokens) -> Self {
        let settings = Settings {
            scheme: const { &SchemeInfo::oauth2::<S>() },
            accounts: Arc::new(accounts),
            passwords,
            verifier: tokens.verifier(sessions.revocations()),
            sessions,
            tokens,
            throttle: None,
            clients: None,
            own_client: Client::public(OWN_CLIENT),
            listener: None,
            personal: None,
            #[cfg(feature = "dpop")]
            dpop: None,
        };
        Self { settings: Arc::new(settings), scheme: PhantomData }
    }

    /// Limits attempts to log in. Without a throttle, passwords can be guessed as fast as they can be hashed.
    #[must_use]
    pub fn throttle(self, throttle: Throttle) -> Self {
        self.with(|settings| settings.throttle = Some(throttle))
    }

    /// The clients that authenticate. Requests that name no client are those of the service's own user interface, which has no secret.
    #[must_use]
    pub fn clients(self, clients: impl Clients) -> Self {
        self.with(|settings| settings.clients = Some(Arc::new(clients)))
    }

    /// The client identifier of the service's own user interface: `ui` unless set. A client of this identifier in
    /// [`clients`](Self::clients) takes its place, for example one that may not use refresh tokens.
    #[must_use]
    pub fn own_client(self, id: impl Into<String>) -> Self {
        self.with(|settings| settings.own_client = Client::public(id))
    }

    /// Binds tokens to the keys of clients that send DPoP proofs (RFC 9449 §5), if the scheme's `SENDER` takes them. Refresh tokens of
    /// public clients are bound, too.
    #[cfg(feature = "dpop")]
    #[must_use]
    pub fn dpop(self, dpop: Dpop) -> Self {
        self.with(|settings| settings.dpop = Some(dpop))
    }

    /// The personal tokens of the service, which can then be revoked at the revocation endpoint.
    #[must_use]
    pub fn personal_tokens(self, personal: PersonalTokens) -> Self {
        self.with(|settings| settings.personal = Some(personal))
    }

    /// Is called with everything that happens, on the task of the request: it has to return soon, and must not panic. Each event is
    /// logged as well.
    #[must_use]
    pub fn on_event(self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.listener = Some(Arc::new(listener)))
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Answers a request for a token.
    pub async fn token(&self, request: TokenRequest<S>) -> Result<TokenResponse, AuthError> {
        granting::answer(&self.settings, request.asked).await
    }

    /// Revokes a token (RFC 7009).
    pub async fn revoke(&self, request: RevocationRequest<S>) -> Result<(), AuthError> {
        revocation::answer(&self.settings, request.asked).await
    }

    /// Changes a password.
    pub async fn change_password(
        &self,
        subject: &str,
        old: &Password,
        new: &Password,
        keep: Option<SessionId>,
    ) -> Result<(), AuthError> {
        account::change_password(&self.settings, subject, (old, new), keep).await
    }

    /// Logs out: ends the session.
    pub async fn end_session(&self, subject: &str, session: SessionId) -> Result<(), AuthError> {
        account::end_session(&self.settings, subject, session).await
    }

    /// Logs out everywhere, but for `except`. Returns the number of sessions that have ended.
    pub async fn end_sessions(&self, subject: &str, except: Option<SessionId>) -> Result<usize, AuthError> {
        account::end_sessions(&self.settings, subject, except).await
    }

    /// Makes a personal token for a user.
    pub async fn create_personal_token(
        &self,
        subject: &str,
        name: &str,
        scope: &Scopes,
        lifetime: Option<Duration>,
    ) -> Result<NewPersonalToken, AuthError> {
        account::create_personal_token(&self.settings, subject, name, scope, lifetime).await
    }

    /// Deletes a personal token of a user.
    pub async fn delete_personal_token(&self, subject: &str, id: &str) -> Result<bool, AuthError> {
        account::delete_personal_token(&self.settings, subject, id).await
    }

    /// The public keys.
    pub fn jwks(&self) -> Response {
        self.settings.tokens.keys().jwks_response()
    }
}

impl<S> Clone for AuthorizationServer<S> {
    fn clone(&self) -> Self {
        Self { settings: Arc::clone(&self.settings), scheme: PhantomData }
    }
}

impl<S> fmt::Debug for AuthorizationServer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationServer")
            .field("scheme", &self.settings.scheme.name())
            .field("clients", &self.settings.clients.is_some())
            .field("throttle", &self.settings.throttle.is_some())
            .finish_non_exhaustive()
    }
}
