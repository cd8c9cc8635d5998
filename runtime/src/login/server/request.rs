//! Requests at the endpoints: the form comes in, and what else the request tells is kept beside it.

use std::{fmt, marker::PhantomData};

use axum::{
    extract::{FromRequest, Request},
    http::request::Parts,
};

use super::super::fields::Fields;
use crate::{error::AuthError, scheme::oauth2::OAuth2Scheme};

/// What was read of a request.
pub(super) struct Asked {
    pub(super) parts: Parts,
    pub(super) fields: Fields,
}

impl Asked {
    async fn read(request: Request) -> Result<Self, AuthError> {
        let (parts, body) = request.into_parts();
        let fields = Fields::read(Request::from_parts(parts.clone(), body)).await.map_err(AuthError::coded)?;
        Ok(Self { parts, fields })
    }
}

/// A request at the token endpoint: the form of one grant (RFC 6749 §4.3.2, §4.4.2, §6), how the client authenticates (§2.3.1), its
/// DPoP proof (RFC 9449 §5), the cookie of a known device, and where it comes from.
///
/// Nothing of it is checked. [`AuthorizationServer::token`](crate::login::AuthorizationServer::token) does that, so that each refusal
/// is told to its listener. The body is URL-encoded and has at most 16 KiB. An empty value counts as missing. `Debug` shows nothing.
///
/// aide documents the form by itself. `#[utoipa::path]` needs
/// `request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded")`.
///
/// # Errors
///
/// 413 if the body is too large, 400 if it breaks off, both in the form of RFC 6749 §5.2.
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, TokenRequest, TokenResponse}};
///
/// async fn token<Api: OAuth2Scheme>(
///     State(server): State<AuthorizationServer<Api>>,
///     request: TokenRequest<Api>,
/// ) -> Result<TokenResponse, AuthError> {
///     server.token(request).await
/// }
/// ```
pub struct TokenRequest<S = ()> {
    pub(super) asked: Asked,
    scheme: PhantomData<fn() -> S>,
}

/// A request at the revocation endpoint: the form of RFC 7009 §2.1, and how the client authenticates.
///
/// # Errors
///
/// Those of [`TokenRequest`].
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{AuthError, OAuth2Scheme, login::{AuthorizationServer, RevocationRequest}};
///
/// async fn revoke<Api: OAuth2Scheme>(
///     State(server): State<AuthorizationServer<Api>>,
///     request: RevocationRequest<Api>,
/// ) -> Result<(), AuthError> {
///     server.revoke(request).await
/// }
/// ```
pub struct RevocationRequest<S = ()> {
    pub(super) asked: Asked,
    scheme: PhantomData<fn() -> S>,
}

macro_rules! requests {
    ($($Request:ident),*) => {
        $(
            impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for $Request<O> {
                type Rejection = AuthError;

                async fn from_request(request: Request, _: &S) -> Result<Self, AuthError> {
                    Ok(Self { asked: Asked::read(request).await?, scheme: PhantomData })
                }
            }

            impl<S> fmt::Debug for $Request<S> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct(stringify!($Request)).finish_non_exhaustive()
                }
            }
        )*
    };
}

requests!(TokenRequest, RevocationRequest);
