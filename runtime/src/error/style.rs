//! How a scheme decides what a refusal has left open: its challenge, and the style of its body.

use std::borrow::Cow;

use axum::http::StatusCode;

use super::{
    AuthError,
    asking::Asking,
    body::{Form, Message},
    deciding::with_place,
};
use crate::{
    scheme::{challenge::Challenge, error_style::ErrorStyle, info::SchemeInfo},
    tree::describe::Describe,
};

impl AuthError {
    /// A 401 for a request that has no credential of the scheme that extractor `E` reads, in the style of that scheme. The extractor
    /// of a scheme of your own refuses with it, so that a dependency with it can be optional.
    ///
    /// ```
    /// use axum::{extract::FromRequestParts, http::request::Parts};
    /// use axum_scopes::{AuthError, error::ErrorKind, scheme::SchemeInfo, tree::{Describe, Node}};
    ///
    /// struct ApiToken(String);
    ///
    /// impl Describe for ApiToken {
    ///     const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("ApiToken"));
    /// }
    ///
    /// impl<S: Sync> FromRequestParts<S> for ApiToken {
    ///     type Rejection = AuthError;
    ///
    ///     async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
    ///         let header = parts.headers.get("x-token").ok_or_else(AuthError::no_credential::<Self>)?;
    ///         let malformed = |_| AuthError::unauthorized("Could not validate credentials").in_style_of::<Self>();
    ///         Ok(Self(header.to_str().map_err(malformed)?.to_owned()))
    ///     }
    /// }
    /// assert_eq!(AuthError::no_credential::<ApiToken>().kind(), ErrorKind::NoCredential);
    /// assert_eq!(AuthError::no_credential::<ApiToken>().detail(), "Not authenticated");
    /// ```
    pub fn no_credential<E: Describe>() -> Self {
        Self::not_authenticated(E::NODE.first_scheme())
    }

    /// The same refusal in the style of the scheme that extractor `E` reads. A 401 also takes the challenge of this scheme. Use it
    /// in a handler and in middleware, where nothing else tells the scheme. It changes nothing that is already decided.
    ///
    /// ```
    /// use axum::response::IntoResponse;
    /// use axum_scopes::{AuthError, Bearer, Flows, OAuth2Scheme, scheme::ErrorStyle};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    ///     const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    /// }
    ///
    /// async fn handler() -> Result<String, AuthError> {
    ///     Err(AuthError::forbidden("Not the owner").in_style_of::<Bearer<Api>>())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let body = axum::body::to_bytes(handler().await.into_response().into_body(), 1024).await?;
    /// assert_eq!(body, r#"{"error":"access_denied","error_description":"Not the owner"}"#);
    /// # Ok(())
    /// # }
    /// ```
    pub fn in_style_of<E: Describe>(self) -> Self {
        self.in_style(E::NODE.first_scheme())
    }

    pub(crate) fn in_style(mut self, scheme: Option<&'static SchemeInfo>) -> Self {
        self.take_style(scheme, None);
        self
    }

    /// Decides by the place where this refusal becomes a response, if there is one.
    pub(super) fn decide(&mut self) {
        with_place(|place| self.take_style(place.and_then(|place| place.requirement.scheme), place));
    }

    /// Decides challenge and body by `scheme`, each unless it is already decided. Without a scheme both stay open. The challenge
    /// names the scopes of the place if it can.
    fn take_style(&mut self, scheme: Option<&'static SchemeInfo>, place: Option<&Asking>) {
        if let (Some(Challenge::Plain(_)), Some(place), Some(own)) = (&self.challenge, place, self.scheme) {
            self.challenge = Some(place.plain_of(own));
        }
        let Some(scheme) = scheme else { return };
        if let Some(Challenge::OfScheme) = self.challenge {
            self.challenge = Some(match place {
                Some(place) => place.unauthorized_of(scheme),
                None => Challenge::constant(scheme.unauthorized()),
            });
        }
        if self.form != Form::Open {
            return;
        }
        self.scheme = Some(scheme);
        self.form = Form::Detail;
        if scheme.error_style() == ErrorStyle::Rfc6750 {
            if let Message::Fields(_) = self.message {
                self.status = StatusCode::BAD_REQUEST;
            }
            self.set_code();
        }
    }

    /// Gives the body an error code.
    pub(super) fn set_code(&mut self) {
        self.form = Form::Coded;
        let message = std::mem::replace(&mut self.message, Message::Text(Cow::Borrowed("")));
        self.message = message.into_description();
    }
}
