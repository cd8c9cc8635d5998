//! The token endpoint: the form of the password grant in, the token out (RFC 6749 §4.3 and §5.1).

mod fields;
#[cfg(test)]
mod tests;
pub(crate) mod token_response;

use std::{fmt, ops::Deref};

use axum::extract::{FromRequest, Request};

use self::fields::Fields;
pub use self::token_response::TokenResponse;
use crate::{
    credential::{extractor::Carries, password::Password},
    error::AuthError,
    scheme::{error_style::ErrorStyle, info::SchemeInfo, oauth2::OAuth2Scheme},
    scopes::{grants::Grants, set::Scopes},
};

/// The form that a client logs in with, RFC 6749 §4.3.2; `grant_type` may be left out.
///
/// Url-encoded, at most 16 KiB. An empty value counts as missing, the last of a repeated field wins, and unknown
/// fields are ignored; so is a header `Authorization`, since documentation pages send an empty one.
///
/// With a scheme as its parameter, [`grant`](OAuth2PasswordRequestForm::grant) grants that one's scopes, and the form refuses
/// in its [`ErrorStyle`].
///
/// aide's documents describe the form by themselves. `#[utoipa::path]` wants it named:
/// `request_body(content = OAuth2PasswordRequestForm, content_type = "application/x-www-form-urlencoded")`.
///
/// # Errors
///
/// 422 that names every field that is missing, also where the content type is another; 413 for a body that is too
/// large, and 400 for one that cannot be read. For a scheme in RFC 6750's style, those of RFC 6749 §5.2: 400
/// `invalid_request` where a field is missing or repeated, `unsupported_grant_type` for another `grant_type`.
///
/// ```
/// use axum_scopes::{AuthError, Flows, OAuth2Scheme, login::{OAuth2PasswordRequestForm, TokenResponse}};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
/// }
///
/// async fn login(form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
///     # let (allowed, token) = (["me"], "abc");
///     // … find the user and compare the password …
///     let scopes = form.grant::<Api>(&allowed);
///     // … sign a token for the user and the scopes …
///     Ok(TokenResponse::bearer(token).scope(&scopes))
/// }
/// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
/// ```
pub struct OAuth2PasswordRequestForm<S = ()> {
    /// Who logs in. Never empty.
    pub username: String,
    /// Their password. Never empty.
    pub password: Password,
    /// The scopes that the client asks for; nobody has checked them. [`Scopes`], whatever `S` is.
    pub scopes: <S as Carries<Scopes>>::Carried,
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
    /// # use axum_scopes::{Flows, OAuth2Scheme, Scopes, login::OAuth2PasswordRequestForm};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
    /// # }
    /// let form = OAuth2PasswordRequestForm::<()> {
    ///     username: "johndoe".to_owned(),
    ///     password: "secret".into(),
    ///     scopes: Scopes::from("items me admin"),
    ///     client_id: None,
    ///     client_secret: None,
    /// };
    /// assert_eq!(form.grant::<Api>(&["me", "items", "admin"]).as_str(), "items me");
    /// assert_eq!(form.grant::<Api>(&["me"]).as_str(), "me");
    /// ```
    #[must_use]
    pub fn grant<S: OAuth2Scheme>(&self, allowed: &(impl Grants + ?Sized)) -> Scopes {
        granted::<S>(&self.scopes, allowed)
    }
}

impl<S: OAuth2Scheme> OAuth2PasswordRequestForm<S> {
    /// The same for the form's own scheme.
    ///
    /// ```
    /// # use axum_scopes::{Flows, OAuth2Scheme, Scopes, login::OAuth2PasswordRequestForm};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
    /// # }
    /// # let (username, password) = ("johndoe".to_owned(), "secret".into());
    /// # let scopes = Scopes::from("items me admin");
    /// let form = OAuth2PasswordRequestForm::<Api> { username, password, scopes, client_id: None, client_secret: None };
    /// assert_eq!(form.grant(&["me", "admin"]).as_str(), "me");
    /// ```
    #[must_use]
    pub fn grant(&self, allowed: &(impl Grants + ?Sized)) -> Scopes {
        granted::<S>(&self.scopes, allowed)
    }

    /// In the style of the scheme.
    async fn read_styled(request: Request, needs_grant_type: bool) -> Result<Self, AuthError> {
        let scheme = const { &SchemeInfo::oauth2::<S>() };
        let fields = Fields::read(request).await.map_err(|error| error.of_form(scheme))?;
        // RFC 6749 §3.2: parameters must not be included more than once.
        if let (Some(name), ErrorStyle::Rfc6750) = (fields.repeated, S::ERROR_STYLE) {
            return Err(AuthError::invalid_request(format!("Repeated parameter: {name}")).of_form(scheme));
        }
        Self::of(fields, needs_grant_type).map_err(|error| error.of_form(scheme))
    }
}

impl<S> OAuth2PasswordRequestForm<S> {
    fn of(fields: Fields, needs_grant_type: bool) -> Result<Self, AuthError> {
        let complaints = fields.complaints(needs_grant_type);
        match fields {
            Fields { username: Some(username), password: Some(password), scope, client_id, client_secret, .. }
                if complaints.is_empty() =>
            {
                Ok(Self {
                    username,
                    password,
                    scopes: scope.as_deref().map(Scopes::from).unwrap_or_default(),
                    client_id,
                    client_secret,
                })
            }
            _ => Err(AuthError::unprocessable(complaints)),
        }
    }
}

fn granted<S: OAuth2Scheme>(asked: &Scopes, allowed: &(impl Grants + ?Sized)) -> Scopes {
    let is_declared = |scope: &str| S::SCOPES.iter().any(|(name, _)| *name == scope);
    asked.iter().filter(|scope| is_declared(scope) && allowed.grants(scope)).collect()
}

// Not derived, since `S` need be neither.
impl<S> Clone for OAuth2PasswordRequestForm<S> {
    fn clone(&self) -> Self {
        Self {
            username: self.username.clone(),
            password: self.password.clone(),
            scopes: self.scopes.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
        }
    }
}

impl<S> fmt::Debug for OAuth2PasswordRequestForm<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2PasswordRequestForm")
            .field("username", &self.username)
            .field("password", &self.password)
            .field("scopes", &self.scopes)
            .field("client_id", &self.client_id)
            .field("client_secret", &self.client_secret)
            .finish()
    }
}

impl<S: Send + Sync> FromRequest<S> for OAuth2PasswordRequestForm {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        Self::of(Fields::read(request).await?, false)
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for OAuth2PasswordRequestForm<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        Self::read_styled(request, false).await
    }
}

/// The same form where `grant_type=password` must be sent, as RFC 6749 §4.3.2 has it.
///
/// # Errors
///
/// Those of [`OAuth2PasswordRequestForm`]; without a `grant_type`, they name that, too.
///
/// ```
/// use axum_scopes::login::OAuth2PasswordRequestFormStrict;
///
/// async fn login(OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict) -> String {
///     form.username
/// }
/// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
/// ```
pub struct OAuth2PasswordRequestFormStrict<S = ()>(pub OAuth2PasswordRequestForm<S>);

impl<S> Deref for OAuth2PasswordRequestFormStrict<S> {
    type Target = OAuth2PasswordRequestForm<S>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<S> Clone for OAuth2PasswordRequestFormStrict<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S> fmt::Debug for OAuth2PasswordRequestFormStrict<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OAuth2PasswordRequestFormStrict").field(&self.0).finish()
    }
}

impl<S: Send + Sync> FromRequest<S> for OAuth2PasswordRequestFormStrict {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        OAuth2PasswordRequestForm::of(Fields::read(request).await?, true).map(Self)
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for OAuth2PasswordRequestFormStrict<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        OAuth2PasswordRequestForm::read_styled(request, true).await.map(Self)
    }
}
