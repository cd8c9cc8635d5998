//! The response of the token endpoint (RFC 6749 §5.1).

use std::{fmt, time::Duration};

use axum::{
    Json,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, PRAGMA, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::scopes::set::Scopes;

/// The response to a successful login (RFC 6749 §5.1).
///
/// It is never cached, and has no members that were not set. [`Debug`] shows no token.
///
/// ```
/// use std::time::Duration;
/// use axum::{http::StatusCode, response::IntoResponse};
/// use axum_scopes::{Scopes, login::TokenResponse};
///
/// let token = TokenResponse::bearer("2YotnFZFEjr1zCsicMWpAA")
///     .expires_in(Duration::from_secs(1800))
///     .scope(&Scopes::from("me"));
/// let response = token.into_response();
/// assert_eq!(response.status(), StatusCode::OK);
/// assert_eq!(response.headers()["cache-control"], "no-store");
/// ```
#[derive(Clone)]
#[must_use = "a token is of no use until it is returned"]
pub struct TokenResponse {
    members: Members,
    /// A header `Set-Cookie`.
    cookie: Option<HeaderValue>,
}

#[derive(Clone, Serialize)]
struct Members {
    access_token: String,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<Scopes>,
}

impl TokenResponse {
    /// A bearer token (RFC 6750).
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// assert_eq!(TokenResponse::bearer("abc").access_token(), "abc");
    /// ```
    pub fn bearer(access_token: impl Into<String>) -> Self {
        Self::new(access_token.into(), "bearer")
    }

    /// A token that is bound to a key of the client (RFC 9449 §5): its claim `cnf` has the thumbprint of the key. It comes from
    /// [`ClientKey`](crate::sender::dpop::ClientKey).
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// assert_eq!(TokenResponse::dpop("abc").access_token(), "abc");
    /// ```
    #[cfg(feature = "dpop")]
    pub fn dpop(access_token: impl Into<String>) -> Self {
        Self::new(access_token.into(), "DPoP")
    }

    fn new(access_token: String, token_type: &'static str) -> Self {
        let members = Members { access_token, token_type, expires_in: None, refresh_token: None, scope: None };
        Self { members, cookie: None }
    }

    /// Sets a cookie beside the token.
    #[cfg(feature = "login")]
    pub(super) fn cookie(mut self, set_cookie: HeaderValue) -> Self {
        self.cookie = Some(set_cookie);
        self
    }

    /// Sets the lifetime of the token, in whole seconds.
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// let token = TokenResponse::bearer("abc").expires_in(std::time::Duration::from_secs(1800));
    /// ```
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.members.expires_in = Some(lifetime.as_secs());
        self
    }

    /// Sets the granted scopes. It is required if they differ from the requested ones.
    ///
    /// ```
    /// # use axum_scopes::{Scopes, login::TokenResponse};
    /// let token = TokenResponse::bearer("abc").scope(&Scopes::from("me items"));
    /// ```
    pub fn scope(mut self, granted: &Scopes) -> Self {
        // An empty string is sent, although the grammar has none: without it, the client would assume all requested scopes.
        self.members.scope = Some(granted.clone());
        self
    }

    /// Sets the refresh token (RFC 6749 §6).
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// let token = TokenResponse::bearer("abc").refresh_token("def");
    /// ```
    pub fn refresh_token(mut self, refresh_token: impl Into<String>) -> Self {
        self.members.refresh_token = Some(refresh_token.into());
        self
    }

    /// Takes the refresh token out of the response, for a service that gives it to a browser in an `HttpOnly` cookie instead, where no
    /// script can read it.
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// let mut token = TokenResponse::bearer("abc").refresh_token("def");
    /// assert_eq!(token.take_refresh_token().as_deref(), Some("def"));
    /// assert_eq!(token.take_refresh_token(), None);
    /// ```
    #[must_use]
    pub fn take_refresh_token(&mut self) -> Option<String> {
        self.members.refresh_token.take()
    }

    /// The access token, for tests that call a login directly.
    ///
    /// ```
    /// # use axum_scopes::login::TokenResponse;
    /// assert_eq!(TokenResponse::bearer("abc").access_token(), "abc");
    /// ```
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.members.access_token
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Members { token_type, expires_in, refresh_token, scope, .. } = &self.members;
        f.debug_struct("TokenResponse")
            .field("access_token", &"[redacted]")
            .field("token_type", token_type)
            .field("expires_in", expires_in)
            .field("refresh_token", &refresh_token.as_ref().map(|_| "[redacted]"))
            .field("scope", scope)
            .finish()
    }
}

impl IntoResponse for TokenResponse {
    fn into_response(self) -> Response {
        let mut response = ([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(self.members)).into_response();
        response.headers_mut().extend(self.cookie.map(|cookie| (SET_COOKIE, cookie)));
        response
    }
}
