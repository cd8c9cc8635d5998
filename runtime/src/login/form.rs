//! The form of the password grant: takes a request, yields the name, the password and the requested scopes.

use std::{fmt, ops::Deref};

use axum::extract::{FromRequest, Request};

use super::fields::Fields;
use crate::{
    credential::{extractor::Carries, password::Password},
    error::AuthError,
    scheme::{error_style::ErrorStyle, info::SchemeInfo, oauth2::OAuth2Scheme},
    scopes::{
        grants::Grants,
        implied::{Implies, is_granted},
        set::Scopes,
        template::values_of,
    },
};

/// The form of the password grant (RFC 6749 §4.3.2). `grant_type` may be missing.
///
/// The body is URL-encoded and has at most 16 KiB. An empty value counts as missing. Of a repeated field, the last value
/// counts. Unknown fields are ignored, and so is the header `Authorization`, because documentation pages send an empty one.
///
/// The type parameter is the scheme: the errors have its [`ErrorStyle`], and [`grant`](OAuth2PasswordRequestForm::grant) grants
/// its scopes. A form without a scheme has FastAPI's errors, and its `grant` names the scheme, as in `form.grant::<Api>(…)`.
///
/// aide documents the form by itself. `#[utoipa::path]` needs
/// `request_body(content = OAuth2PasswordRequestForm, content_type = "application/x-www-form-urlencoded")`.
///
/// # Errors
///
/// 422 with every missing field, also for another content type; 413 if the body is too large; 400 if it cannot be read. In
/// style `Rfc6750`, the errors of RFC 6749 §5.2: 400 `invalid_request` for a missing or repeated field, and
/// `unsupported_grant_type` for another `grant_type`.
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
/// async fn login(form: OAuth2PasswordRequestForm<Api>) -> Result<TokenResponse, AuthError> {
///     # let (allowed, token) = (["me"], "abc");
///     // … find the user and compare the password …
///     let scopes = form.grant(&allowed);
///     // … sign a token for the user and the scopes …
///     Ok(TokenResponse::bearer(token).scope(&scopes))
/// }
/// # axum::Router::<()>::new().route("/token", axum::routing::post(login));
/// ```
pub struct OAuth2PasswordRequestForm<S = ()> {
    /// The username, never empty.
    pub username: String,
    /// The password, never empty.
    pub password: Password,
    /// The requested scopes, unchecked. The type is [`Scopes`] for every `S`.
    pub scopes: <S as Carries<Scopes>>::Carried,
    /// The client identifier, unchecked.
    pub client_id: Option<String>,
    /// The client secret, unchecked.
    pub client_secret: Option<Password>,
}

impl OAuth2PasswordRequestForm {
    /// The scopes to grant: those that the client requests, the user is `allowed`, and the scheme `S` declares. They keep the
    /// order of the request. Who is allowed a scope may also request those that it includes.
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
        granted(&self.scopes, allowed, S::SCOPES, S::IMPLIES)
    }
}

impl<S: OAuth2Scheme> OAuth2PasswordRequestForm<S> {
    /// The same with the form's own scheme.
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
        granted(&self.scopes, allowed, S::SCOPES, S::IMPLIES)
    }

    /// Reads the form, with errors in the style of the scheme.
    async fn read_styled(request: Request, needs_grant_type: bool) -> Result<Self, AuthError> {
        let scheme = const { &SchemeInfo::oauth2::<S>() };
        let fields = Fields::read(request).await.map_err(|error| error.of_form(scheme))?;
        // RFC 6749 §3.2: parameters must not be included more than once.
        if let (Some(name), ErrorStyle::Rfc6750) = (fields.repeated, S::ERROR_STYLE) {
            return Err(AuthError::invalid_request(format!("Repeated parameter: {name}")).of_form(scheme));
        }
        Self::from_fields(fields, needs_grant_type).map_err(|error| error.of_form(scheme))
    }
}

impl<S> OAuth2PasswordRequestForm<S> {
    fn from_fields(fields: Fields, needs_grant_type: bool) -> Result<Self, AuthError> {
        let errors = fields.errors(needs_grant_type);
        match fields {
            Fields { username: Some(username), password: Some(password), scope, client_id, client_secret, .. }
                if errors.is_empty() =>
            {
                Ok(Self {
                    username,
                    password,
                    scopes: scope.as_deref().map(Scopes::from).unwrap_or_default(),
                    client_id,
                    client_secret,
                })
            }
            _ => Err(AuthError::unprocessable(errors)),
        }
    }
}

/// Those of the requested scopes that are allowed, or included in allowed ones, and declared.
pub(super) fn granted(
    requested: &Scopes,
    allowed: &(impl Grants + ?Sized),
    declared: &'static [(&'static str, &'static str)],
    implies: Implies,
) -> Scopes {
    let is_declared = |scope: &str| declared.iter().any(|(name, _)| values_of(name, scope).is_some());
    requested.iter().filter(|scope| is_declared(scope) && is_granted(allowed, scope, implies)).collect()
}

// Not derived, because `S` need not be `Clone` or `Debug`.
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
        Self::from_fields(Fields::read(request).await?, false)
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for OAuth2PasswordRequestForm<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        Self::read_styled(request, false).await
    }
}

/// The same form with a required `grant_type=password`, as in RFC 6749 §4.3.2.
///
/// # Errors
///
/// Those of [`OAuth2PasswordRequestForm`], also for a missing `grant_type`.
///
/// ```
/// # use axum_scopes::{Flows, OAuth2Scheme};
/// use axum_scopes::login::OAuth2PasswordRequestFormStrict;
///
/// # struct Api;
/// # impl OAuth2Scheme for Api {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[];
/// # }
/// async fn login(OAuth2PasswordRequestFormStrict(form): OAuth2PasswordRequestFormStrict<Api>) -> String {
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
        OAuth2PasswordRequestForm::from_fields(Fields::read(request).await?, true).map(Self)
    }
}

impl<S: Send + Sync, O: OAuth2Scheme> FromRequest<S> for OAuth2PasswordRequestFormStrict<O> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        OAuth2PasswordRequestForm::read_styled(request, true).await.map(Self)
    }
}
