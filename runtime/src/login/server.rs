//! The authorization server of a service with users of its own: takes requests for tokens, yields responses.

use std::{fmt, marker::PhantomData};

use axum::extract::{FromRequest, Request};

use super::{
    access_tokens::AccessTokens, accounts::Accounts, clients::Clients, event::Event, sessions::Sessions,
    throttle::Throttle, token_response::TokenResponse,
};
use crate::{error::AuthError, password::Passwords, scheme::oauth2::OAuth2Scheme};

/// The login of a service: a token endpoint for the grants that it allows, revocation, metadata. `S` is the scheme of its tokens.
pub struct AuthorizationServer<S>(PhantomData<fn() -> S>);

/// A request at the token endpoint: the form of one grant (RFC 6749 §4.3.2, §4.4.2, §6), and how the client authenticates (§2.3.1).
pub struct TokenRequest<S>(PhantomData<fn() -> S>);

/// A request at the revocation endpoint (RFC 7009 §2.1).
pub struct RevocationRequest<S>(PhantomData<fn() -> S>);

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// A server for the accounts of a service.
    #[must_use]
    pub fn new(accounts: impl Accounts, passwords: Passwords, sessions: Sessions, tokens: AccessTokens) -> Self {
        let _ = (accounts, passwords, sessions, tokens);
        unimplemented!()
    }

    /// Limits attempts to log in.
    #[must_use]
    pub fn throttle(self, throttle: Throttle) -> Self {
        let _ = throttle;
        unimplemented!()
    }

    /// The clients. Without any, everybody is the service's own user interface, which has no secret.
    #[must_use]
    pub fn clients(self, clients: impl Clients) -> Self {
        let _ = clients;
        unimplemented!()
    }

    /// Is called with everything that happens.
    #[must_use]
    pub fn on_event(self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        let _ = listener;
        unimplemented!()
    }

    /// Answers a request for a token.
    pub async fn token(&self, request: TokenRequest<S>) -> Result<TokenResponse, AuthError> {
        let _ = request;
        unimplemented!()
    }

    /// Revokes a token (RFC 7009).
    pub async fn revoke(&self, request: RevocationRequest<S>) -> Result<(), AuthError> {
        let _ = request;
        unimplemented!()
    }
}

impl<S> Clone for AuthorizationServer<S> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<S> fmt::Debug for AuthorizationServer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationServer")
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for TokenRequest<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        let _ = request;
        unimplemented!()
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for RevocationRequest<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        let _ = request;
        unimplemented!()
    }
}
