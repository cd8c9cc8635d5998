//! The token of an OAuth2 scheme, from the `Authorization` header (RFC 6750 §2.1).

use std::{fmt, str};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderValue, header::AUTHORIZATION, request::Parts},
};

use super::{info::SchemeInfo, oauth2::OAuth2Scheme};
use crate::{AuthError, Describe, Node};

/// The bearer token of scheme `S`, unverified.
///
/// A request without one is refused: 401 "Not authenticated". `Option<Bearer<S>>` is `None` instead.
///
/// ```
/// use axum_scopes::{Bearer, Flows, OAuth2Scheme};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[];
/// }
///
/// async fn length(Bearer(token): Bearer<Api>) -> String {
///     token.as_str().len().to_string()
/// }
/// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(length));
/// ```
pub struct Bearer<S: OAuth2Scheme>(pub <S as Carries>::Token);

/// The same for all schemes; it ties [`Bearer`]'s only field to the scheme, so that `Bearer(token)` is a pattern.
pub trait Carries {
    /// [`BearerToken`].
    type Token;
}

impl<S: OAuth2Scheme> Carries for S {
    type Token = BearerToken;
}

impl<S: OAuth2Scheme> fmt::Debug for Bearer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bearer").field(&self.0).finish()
    }
}

impl<S: OAuth2Scheme> Describe for Bearer<S> {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::oauth2::<S>());
}

impl<S: OAuth2Scheme, St: Sync> FromRequestParts<St> for Bearer<S> {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &St) -> Result<Self, AuthError> {
        BearerToken::find(parts).map(Self).ok_or_else(|| AuthError::not_authenticated(S::ERRORS))
    }
}

impl<S: OAuth2Scheme, St: Sync> OptionalFromRequestParts<St> for Bearer<S> {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &St) -> Result<Option<Self>, AuthError> {
        Ok(BearerToken::find(parts).map(Self))
    }
}

/// A token as the client sent it. `Debug` does not show it.
///
/// ```
/// let token = axum_scopes::BearerToken::from_static("mF_9.B5f-4.1JqM");
/// assert_eq!(token.as_str(), "mF_9.B5f-4.1JqM");
/// assert_eq!(format!("{token:?}"), "BearerToken([redacted])");
/// ```
#[derive(Clone)]
pub struct BearerToken {
    /// Shared with the request: taking a token copies nothing.
    value: HeaderValue,
    start: usize,
}

impl BearerToken {
    /// A token for a unit test.
    ///
    /// # Panics
    ///
    /// If `token` has other than visible ASCII characters in it.
    #[must_use]
    pub const fn from_static(token: &'static str) -> Self {
        Self { value: HeaderValue::from_static(token), start: 0 }
    }

    /// The token; empty where nothing follows the scheme's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Found in visible ASCII, or made of it.
        str::from_utf8(&self.value.as_bytes()[self.start..]).unwrap_or_default()
    }

    /// Reads `Authorization: Bearer …`, the scheme's name in any case. Two `Authorization` headers are no credential:
    /// which one a proxy in front has looked at cannot be known.
    fn find(parts: &Parts) -> Option<Self> {
        let mut values = parts.headers.get_all(AUTHORIZATION).iter();
        let value = values.next()?;
        if values.next().is_some() {
            return None;
        }
        let text = value.to_str().ok()?;
        let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let token = rest.trim_start_matches([' ', '\t']);
        let mut value = value.clone();
        value.set_sensitive(true);
        Some(Self { start: text.len() - token.len(), value })
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken([redacted])")
    }
}
