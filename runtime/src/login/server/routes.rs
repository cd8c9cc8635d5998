//! The endpoints of an authorization server as a router.

use axum::{
    Router,
    routing::{get, post},
};

use super::{
    authorization_server::AuthorizationServer,
    request::{RevocationRequest, TokenRequest},
};
use crate::scheme::oauth2::OAuth2Scheme;

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// The endpoints as a router of axum: `POST /token`, `POST /revoke` (RFC 7009), `GET /.well-known/jwks.json` (RFC 7517 §5) and
    /// `GET /.well-known/oauth-authorization-server` (RFC 8414).
    ///
    /// A [`secure::Router`](crate::secure::Router) takes it by `merge_public`. Handlers of the service's own can take their place: they
    /// take a [`TokenRequest`], and call [`token`](Self::token).
    #[must_use]
    pub fn routes<St: Clone + Send + Sync + 'static>(&self) -> Router<St> {
        let (token, revoke, keys) = (self.clone(), self.clone(), self.clone());
        Router::new()
            .route("/token", post(async move |request: TokenRequest<S>| token.token(request).await))
            .route("/revoke", post(async move |request: RevocationRequest<S>| revoke.revoke(request).await))
            .route("/.well-known/jwks.json", get(async move || keys.jwks()))
    }
}
