//! The token endpoint: the form of the password grant in, the token out (RFC 6749 §4.3 and §5.1).

mod fields;
#[cfg(any(feature = "utoipa", feature = "aide"))]
pub(crate) mod schema;
mod secret;
#[cfg(test)]
mod tests;
mod token;

use std::ops::Deref;

use axum::extract::{FromRequest, Request};

use self::fields::Fields;
pub use self::{secret::Password, token::Token};
use crate::{AuthError, Grants, OAuth2Scheme, Scopes};

/// The form that a client logs in with, RFC 6749 §4.3.2; `grant_type` may be left out.
///
/// Url-encoded, at most 16 KiB. An empty value counts as missing, the last of a repeated field wins, and unknown
/// fields are ignored; so is a header `Authorization`, since documentation pages send an empty one.
///
/// # Errors
///
/// 422 that names every field that is missing, also where the content type is another; 413 for a body that is too
/// large, and 400 for one that cannot be read.
///
/// ```
/// use axum_scopes::{AuthError, Flows, OAuth2PasswordRequestForm, OAuth2Scheme, Token};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
/// }
///
/// async fn login(form: OAuth2PasswordRequestForm) -> Result<Token, AuthError> {
///     # let (allowed, token) = (["me"], "abc");
///     // … find the user and compare the password …
///     let scopes = form.grant::<Api>(&allowed);
///     // … sign a token for the user and the scopes …
///     Ok(Token::bearer(token).scope(&scopes))
/// }
/// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
/// ```
#[derive(Clone, Debug)]
pub struct OAuth2PasswordRequestForm {
    /// Who logs in. Never empty.
    pub username: String,
    /// Their password. Never empty.
    pub password: Password,
    /// The scopes that the client asks for; nobody has checked them.
    pub scopes: Scopes,
    /// The client's name, which nobody has checked.
    pub client_id: Option<String>,
    /// The client's own secret, which nobody has checked.
    pub client_secret: Option<Password>,
}

impl OAuth2PasswordRequestForm {
    /// What to grant: the scopes that the client asks for, this user is allowed, and the scheme `S` declares, in the
    /// order in which the client names them.
    ///
    /// ```
    /// # use axum_scopes::{Flows, OAuth2PasswordRequestForm, OAuth2Scheme, Scopes};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
    /// # }
    /// let form = OAuth2PasswordRequestForm {
    ///     username: "johndoe".to_owned(),
    ///     password: "secret".into(),
    ///     scopes: Scopes::from("items me admin"),
    ///     client_id: None,
    ///     client_secret: None,
    /// };
    /// assert_eq!(form.grant::<Api>("me items admin").as_str(), "items me");
    /// assert_eq!(form.grant::<Api>("me").as_str(), "me");
    /// ```
    #[must_use]
    pub fn grant<S: OAuth2Scheme>(&self, allowed: &(impl Grants + ?Sized)) -> Scopes {
        let is_declared = |scope: &str| S::SCOPES.iter().any(|(name, _)| *name == scope);
        self.scopes.iter().filter(|scope| is_declared(scope) && allowed.grants(scope)).collect()
    }

    async fn read(request: Request, needs_grant_type: bool) -> Result<Self, AuthError> {
        let fields = Fields::read(request).await?;
        let complaints = fields.complaints(needs_grant_type);
        match fields {
            Fields { username: Some(username), password: Some(password), scope, client_id, client_secret, .. }
                if complaints.is_empty() =>
            {
                Ok(Self {
                    username,
                    password: password.into(),
                    scopes: scope.as_deref().map(Scopes::from).unwrap_or_default(),
                    client_id,
                    client_secret: client_secret.map(Password::from),
                })
            }
            _ => Err(AuthError::unprocessable(complaints)),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for OAuth2PasswordRequestForm {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        Self::read(request, false).await
    }
}

/// The same form where `grant_type=password` must be sent, as RFC 6749 §4.3.2 has it.
///
/// # Errors
///
/// Those of [`OAuth2PasswordRequestForm`]; without a `grant_type`, 422 names that, too.
///
/// ```
/// use axum_scopes::OAuth2PasswordRequestFormStrict;
///
/// async fn login(OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict) -> String {
///     form.username
/// }
/// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
/// ```
#[derive(Clone, Debug)]
pub struct OAuth2PasswordRequestFormStrict(pub OAuth2PasswordRequestForm);

impl Deref for OAuth2PasswordRequestFormStrict {
    type Target = OAuth2PasswordRequestForm;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for OAuth2PasswordRequestFormStrict {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        OAuth2PasswordRequestForm::read(request, true).await.map(Self)
    }
}
