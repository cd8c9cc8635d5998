//! The endpoints of an authorization server, each by itself and all in a router.

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use super::{
    super::{clients::GrantType, metadata::ServerMetadata, token_response::TokenResponse},
    authorization_server::AuthorizationServer,
    granting,
    request::{RevocationRequest, TokenRequest},
    revocation,
};
use crate::{error::AuthError, scheme::oauth2::OAuth2Scheme, text::https_url::UrlError};

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// Answers a request for a token.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, TokenRequest, TokenResponse}};
    /// async fn token<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     request: TokenRequest<Api>,
    /// ) -> Result<TokenResponse, AuthError> {
    ///     server.token(request).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// See [the table](Self#refusals).
    pub async fn token(&self, request: TokenRequest<S>) -> Result<TokenResponse, AuthError> {
        granting::answer(&self.settings, request.asked).await
    }

    /// Revokes a token (RFC 7009): the session of a refresh token or an access token ends, and a personal token is deleted.
    ///
    /// Each kind of token has its own form, so `token_type_hint` is not needed. An access token that has expired is as good as unknown.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, RevocationRequest}};
    /// async fn revoke<Api: OAuth2Scheme>(
    ///     server: &AuthorizationServer<Api>,
    ///     request: RevocationRequest<Api>,
    /// ) -> Result<(), AuthError> {
    ///     server.revoke(request).await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 400 `invalid_request` without a token, `invalid_grant` for a token of another client (RFC 7009 §2.1), 401 `invalid_client`,
    /// and 503 with `Retry-After` if a store does not answer (§2.2.1). An unknown token is none (§2.2).
    pub async fn revoke(&self, request: RevocationRequest<S>) -> Result<(), AuthError> {
        revocation::answer(&self.settings, request.asked).await
    }

    /// The public keys as a response (RFC 7517 §5), with a `Cache-Control` that agrees with their dates.
    ///
    /// ```
    /// # use axum::response::Response;
    /// # use axum_scopes::{OAuth2Scheme, login::AuthorizationServer};
    /// async fn jwks<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> Response {
    ///     server.jwks()
    /// }
    /// ```
    #[must_use]
    pub fn jwks(&self) -> Response {
        self.settings.tokens.keys().jwks_response()
    }

    /// The metadata (RFC 8414): the endpoints of [`routes`](Self::routes), the grants, the scopes of `S`.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, ServerMetadata}, resource::UrlError};
    /// fn metadata<Api: OAuth2Scheme>(server: &AuthorizationServer<Api>) -> Result<ServerMetadata, UrlError> {
    ///     server.metadata()?.token_endpoint("/auth/token")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError`] if the issuer of the tokens is no HTTPS URL, and no HTTP URL of this machine.
    pub fn metadata(&self) -> Result<ServerMetadata, UrlError> {
        let metadata = ServerMetadata::new::<S>(self.settings.tokens.issuer())?;
        let has_clients = self.settings.clients.is_some();
        let grants =
            [GrantType::Password, GrantType::RefreshToken, GrantType::ClientCredentials].map(GrantType::as_str);
        let metadata = metadata.grant_types(grants.into_iter().take(if has_clients { 3 } else { 2 }));
        let metadata = if has_clients { metadata } else { metadata.client_authentication(["none"]) };
        Ok(if self.settings.binds_tokens() { metadata } else { metadata.without_dpop() })
    }

    /// The endpoints as a router of axum: `POST /token`, `POST /revoke` (RFC 7009), `GET /.well-known/jwks.json` (RFC 7517 §5) and
    /// `GET /.well-known/oauth-authorization-server` (RFC 8414).
    ///
    /// A [`secure::Router`](crate::secure::Router) merges it in [`public`](crate::secure::public), as in the example of the type.
    /// Handlers of the service's own can take their place, at other paths or with a document: they take a [`TokenRequest`], and call
    /// [`token`](Self::token). The metadata has the path of the issuer behind its own (RFC 8414 §3.1), so the router is for the root of
    /// the host.
    pub fn routes<St: Clone + Send + Sync + 'static>(&self) -> Router<St> {
        let (token, revoke, keys) = (self.clone(), self.clone(), self.clone());
        let router = Router::new()
            .route("/token", post(async move |request: TokenRequest<S>| token.token(request).await))
            .route("/revoke", post(async move |request: RevocationRequest<S>| revoke.revoke(request).await))
            .route("/.well-known/jwks.json", get(async move || keys.jwks()));
        match self.metadata() {
            Ok(metadata) => router.route(&metadata.path(), get(async move || metadata)),
            // The resource servers find no keys, so the mistake shows at once.
            Err(_) => router,
        }
    }
}
