//! The scopes that are required of a dependency, for the function that compares them with the granted ones.

use std::{
    borrow::Cow,
    fmt,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use crate::{
    error::AuthError,
    scopes::grants::Grants,
    tree::{
        describe::Describe,
        node::{Kind, Node},
        requirement::Requirement,
    },
};

/// The scopes that are required of a dependency, for the function that enforces them.
///
/// Take it as a parameter of a dependency with `#[security]` (write `SecurityScopes`, without its lifetime), and compare it with
/// the granted scopes by [`check`](Self::check). If the dependency returns `Ok` without a successful `check`, the request is
/// refused with 500, and the log says why. A function that enforces nothing takes [`RequiredScopes`](crate::RequiredScopes).
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{AuthError, Bearer, Flows, OAuth2Scheme, SecurityScopes, TokenVerifier, security};
/// # struct Api;
/// # impl OAuth2Scheme for Api {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// # }
///
/// #[security]
/// async fn get_current_user(
///     required: SecurityScopes,
///     Bearer(token): Bearer<Api>,
///     State(verifier): State<TokenVerifier>,
/// ) -> Result<String, AuthError> {
///     let refused = |_| required.unauthorized("Could not validate credentials");
///     let claims = verifier.verify(token.as_str()).map_err(refused)?;
///     required.check(&claims.scope)?;
///     Ok(claims.sub.into())
/// }
/// ```
#[derive(Clone, Copy)]
pub struct SecurityScopes<'a> {
    requirement: &'static Requirement,
    checked: &'a Checked,
}

impl<'a> SecurityScopes<'a> {
    pub(crate) fn new(requirement: &'static Requirement, checked: &'a Checked) -> Self {
        Self { requirement, checked }
    }

    /// The required scopes: those of the outermost function first, without repeats. Of `any(…)`, the preferred one is here,
    /// unless the others are enough.
    #[must_use]
    pub fn scopes(&self) -> &'static [&'static str] {
        self.requirement.required.names()
    }

    /// The required scopes with one space between them.
    #[must_use]
    pub fn scope_str(&self) -> &'static str {
        self.requirement.required.text()
    }

    /// The required scopes with their alternatives. A credential is enough if it grants one scope of each list.
    ///
    /// ```
    /// use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, security};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("read", "Read items."), ("admin", "Everything.")];
    /// # }
    ///
    /// #[security]
    /// async fn check_scopes(required: SecurityScopes, token: Bearer<Api>) -> Result<(), AuthError> {
    ///     assert_eq!(required.scopes(), ["me", "read"]);
    ///     assert_eq!(required.alternatives().collect::<Vec<_>>(), [&["me"][..], &["read", "admin"]]);
    ///     required.check(&["me", "admin"])
    /// }
    ///
    /// #[security(scopes = ["me", any("read", "admin")])]
    /// async fn read_items(_: Depends<check_scopes>) -> &'static str {
    ///     "items"
    /// }
    ///
    /// # use axum::{Router, body::Body, http::Request, routing::get};
    /// # use tower::ServiceExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let router: Router = Router::new().route("/", get(read_items));
    /// # let request = Request::get("/").header("authorization", "Bearer x").body(Body::empty()).unwrap();
    /// # assert_eq!(router.oneshot(request).await.unwrap().status(), 200);
    /// # }
    /// ```
    pub fn alternatives(&self) -> impl Iterator<Item = &'static [&'static str]> + use<> {
        self.requirement.required.alternatives()
    }

    /// Checks that `granted` covers the required scopes. Allocates nothing if it does.
    ///
    /// # Errors
    ///
    /// "Not enough permissions" with the challenge that names the required scopes: 401 in FastAPI's style,
    /// 403 `insufficient_scope` in RFC 6750's.
    pub fn check(&self, granted: &(impl Grants + ?Sized)) -> Result<(), AuthError> {
        if self.requirement.required.is_covered_by(granted) {
            self.checked.0.store(true, Relaxed);
            Ok(())
        } else {
            Err(AuthError::insufficient_scope(self.requirement))
        }
    }

    /// A 401 for a request without a credential. Return it if the credential is optional but needed now.
    ///
    /// ```
    /// use axum::extract::State;
    /// use axum_scopes::{AuthError, Bearer, Claims, Flows, OAuth2Scheme, Scopes, SecurityScopes, TokenVerifier, security};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    /// # }
    ///
    /// #[security]
    /// async fn get_caller(
    ///     required: SecurityScopes,
    ///     token: Option<Bearer<Api>>,
    ///     State(verifier): State<TokenVerifier>,
    /// ) -> Result<Option<Claims>, AuthError> {
    ///     let Some(Bearer(token)) = token else {
    ///         // This passes only if no scopes are required.
    ///         return required.check(&Scopes::new()).map(|()| None).map_err(|_| required.not_authenticated());
    ///     };
    ///     let refused = |_| required.unauthorized("Could not validate credentials");
    ///     let claims = verifier.verify(token.as_str()).map_err(refused)?;
    ///     required.check(&claims)?;
    ///     Ok(Some(claims))
    /// }
    /// ```
    pub fn not_authenticated(&self) -> AuthError {
        AuthError::not_authenticated(self.requirement.scheme)
    }

    /// A 401 for an invalid credential. In FastAPI's style the challenge names the required scopes.
    pub fn unauthorized(&self, detail: impl Into<Cow<'static, str>>) -> AuthError {
        AuthError::invalid_token(self.requirement, detail.into())
    }

    /// A 401 for a valid credential whose user has to log in again (RFC 9470): with one of the `acr_values` (authentication
    /// contexts, the preferred one first), at most `max_age` ago in whole seconds, or both.
    ///
    /// In RFC 6750's style the code is `insufficient_user_authentication`, and the challenge names both. A value that is not
    /// visible ASCII, or has a quote or a backslash, is left out and logged. FastAPI's style has no place for them, so its
    /// challenge is that of [`unauthorized`](Self::unauthorized).
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use axum_scopes::{
    ///     AuthError, Depends, Flows, OAuth2Scheme, SecurityScopes, security, token::VerifiedToken, verified_as,
    /// };
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    /// # }
    ///
    /// const RECENT: Duration = Duration::from_secs(300);
    ///
    /// #[derive(serde::Deserialize)]
    /// struct LogIn {
    ///     auth_time: u64,
    /// }
    ///
    /// #[security]
    /// async fn get_recent_user(
    ///     required: SecurityScopes,
    ///     Depends(token): Depends<verified_as<Api, VerifiedToken>>,
    /// ) -> Result<String, AuthError> {
    ///     required.check(&token)?;
    ///     let log_in: LogIn = token.claims_as().map_err(|_| required.unauthorized("Could not validate credentials"))?;
    ///     let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
    ///     if now.checked_sub(log_in.auth_time).is_none_or(|ago| ago > RECENT.as_secs()) {
    ///         return Err(required.insufficient_user_authentication(&[], Some(RECENT)));
    ///     }
    ///     Ok(token.claims().sub.as_str().to_owned())
    /// }
    /// ```
    pub fn insufficient_user_authentication(&self, acr_values: &[&str], max_age: Option<Duration>) -> AuthError {
        AuthError::insufficient_user_authentication(self.requirement, acr_values, max_age)
    }
}

impl fmt::Debug for SecurityScopes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecurityScopes").field(&self.scopes()).finish()
    }
}

/// Whether the function has compared the scopes that it was lent.
#[derive(Debug, Default)]
pub struct Checked(AtomicBool);

impl Checked {
    pub(crate) fn is_done(&self) -> bool {
        self.0.load(Relaxed)
    }
}

impl Describe for SecurityScopes<'_> {
    const NODE: &'static Node = &Node::leaf(Kind::SecurityScopes);
}
