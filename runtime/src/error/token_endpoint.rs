//! Refusals of a token endpoint (RFC 6749 §5.2). They have one form in all styles.

use std::borrow::Cow;

#[cfg(feature = "dpop")]
use axum::http::HeaderValue;
use axum::http::StatusCode;

#[cfg(feature = "login")]
use super::body::Message;
use super::{AuthError, body::Form, kind::ErrorKind};
use crate::scheme::{
    challenge::{self, Challenge},
    info::SchemeInfo,
};

impl AuthError {
    /// At the token endpoint, 400 `invalid_request`: a parameter is missing, repeated or malformed.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::invalid_request("Missing parameter: refresh_token").status(), 400);
    /// ```
    pub fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::InvalidRequest, description.into())
    }

    /// At the token endpoint, 401 `invalid_client` with the challenge `Basic`: the client is unknown, or failed to authenticate.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::invalid_client("Unknown client").status(), 401);
    /// ```
    pub fn invalid_client(description: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::token_endpoint(ErrorKind::InvalidClient, description.into());
        error.status = StatusCode::UNAUTHORIZED;
        error.challenge = Some(Challenge::constant(challenge::BASIC));
        error
    }

    /// At the token endpoint, 400 `invalid_grant`: the password is wrong, or the code or refresh token is invalid.
    ///
    /// ```
    /// use axum_scopes::{AuthError, Flows, OAuth2Scheme, login::{OAuth2PasswordRequestForm, TokenResponse}};
    ///
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    /// # }
    /// async fn login(form: OAuth2PasswordRequestForm<Api>) -> Result<TokenResponse, AuthError> {
    ///     # struct User { scopes: axum_scopes::Scopes }
    ///     # let find_user = |_: &OAuth2PasswordRequestForm<Api>| None::<User>;
    ///     let refused = || AuthError::invalid_grant("Incorrect username or password");
    ///     // … find the user and compare the password …
    ///     let user = find_user(&form).ok_or_else(refused)?;
    ///     # let token = "abc";
    ///     Ok(TokenResponse::bearer(token).scope(&form.grant(&user.scopes)))
    /// }
    /// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
    /// ```
    pub fn invalid_grant(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::InvalidGrant, description.into())
    }

    /// At the token endpoint, 400 `unauthorized_client`: the client may not use this grant.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unauthorized_client("Not for public clients").status(), 400);
    /// ```
    pub fn unauthorized_client(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::UnauthorizedClient, description.into())
    }

    /// At the token endpoint, 400 `unsupported_grant_type`: the service does not support this grant.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unsupported_grant_type("Only `password`").status(), 400);
    /// ```
    pub fn unsupported_grant_type(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::UnsupportedGrantType, description.into())
    }

    /// At the token endpoint, 400 `invalid_scope`: a requested scope is unknown, or the client may not have it.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::invalid_scope("Unknown scope").status(), 400);
    /// ```
    pub fn invalid_scope(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::InvalidScope, description.into())
    }

    /// At the token endpoint, 400 `invalid_dpop_proof`: the client has to prove that it has a key, and has not (RFC 9449 §5).
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::invalid_dpop_proof("Public clients need a key").status(), 400);
    /// ```
    #[cfg(feature = "dpop")]
    pub fn invalid_dpop_proof(description: impl Into<Cow<'static, str>>) -> Self {
        Self::token_endpoint(ErrorKind::InvalidDpopProof, description.into())
    }

    /// At the token endpoint, 400 `use_dpop_nonce`: the client's next proof needs this nonce (RFC 9449 §8).
    #[cfg(feature = "dpop")]
    pub(crate) fn use_dpop_nonce(nonce: HeaderValue) -> Self {
        let description = Cow::Borrowed("A nonce is required in the DPoP proof");
        let mut error = Self::token_endpoint(ErrorKind::UseDpopNonce, description);
        error.challenge = Some(Challenge::WithNonce(Box::new((String::new(), nonce))));
        error
    }

    fn token_endpoint(kind: ErrorKind, description: Cow<'static, str>) -> Self {
        let mut error = Self::new(kind, StatusCode::BAD_REQUEST, description);
        error.set_code();
        error.no_store = true;
        error
    }

    /// A refusal of an authorization server: in the form of RFC 6749 §5.2, whatever the style of the scheme is.
    #[cfg(feature = "login")]
    pub(crate) fn coded(mut self) -> Self {
        if self.form == Form::Open {
            if let Message::Fields(_) = self.message {
                self.status = StatusCode::BAD_REQUEST;
            }
            self.set_code();
        }
        self.no_store = true;
        self
    }

    /// The same refusal, which no cache may store.
    #[cfg(feature = "login")]
    pub(crate) fn not_stored(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// A refusal of a login form, in the style of `scheme` and with its body.
    pub(crate) fn of_form(self, scheme: &'static SchemeInfo) -> Self {
        let mut error = self.in_style(Some(scheme));
        error.scheme = Some(scheme);
        error.no_store |= error.form == Form::Coded;
        error
    }
}
