//! The scopes that are required of a dependency, for the function that compares them with the granted ones.

use std::{borrow::Cow, fmt, time::Duration};

use crate::{
    dependency::{
        checked::Checked,
        values::{Given, Values},
    },
    error::{AuthError, asking::Asking},
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
    given: Given<'a>,
    /// Whether the token has come with a DPoP proof.
    pub(super) dpop: bool,
}

impl<'a> SecurityScopes<'a> {
    pub(crate) fn new(requirement: &'static Requirement, checked: &'a Checked) -> Self {
        Self { requirement, checked, given: Given::default(), dpop: false }
    }

    fn values(&self) -> Values<'a> {
        Values { of_path: self.checked.of_path(), given: self.given }
    }

    pub(super) fn place(&self) -> Asking {
        self.values().asking(self.requirement).with_proof(self.dpop)
    }

    /// The required scopes: those of the outermost function first, without repeats. Of each `any(…)`, the preferred scope
    /// is here, unless another required scope is enough for it. A template is here as it is written.
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
    /// async fn read_items(_: Depends<check_scopes>) {}
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
        if self.values().covered_by(self.requirement, granted)? {
            self.checked.done();
            Ok(())
        } else {
            Err(AuthError::insufficient_scope(&self.place()))
        }
    }

    /// The same with values for parameters of required scopes that the path does not have, for instance a tenant that the token
    /// names. The function says by `#[security(values("tenant"))]` that it gives them.
    ///
    /// If the path has such a parameter, too, both values have to be the same. Values that were given before stay.
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request, routing::get};
    /// use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, security};
    /// use tower::ServiceExt;
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[("{tenant}:items", "Read items of a tenant.")];
    /// }
    ///
    /// #[security(values("tenant"))]
    /// async fn get_tenant(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    ///     // … verify the token …
    ///     # let (tenant, scope) = token.as_str().split_once(',').unwrap_or_default();
    ///     required.with(&[("tenant", tenant)]).check(&[scope])
    /// }
    ///
    /// #[security(scopes = ["{tenant}:items"])]
    /// async fn read_items(_: Depends<get_tenant>) {}
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router: Router = Router::new().route("/items", get(read_items));
    /// for (token, expected) in [("acme,acme:items", 200), ("acme,initech:items", 401)] {
    ///     let request = Request::get("/items").header("authorization", format!("Bearer {token}"));
    ///     assert_eq!(router.clone().oneshot(request.body(Body::empty())?).await?.status(), expected);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with<'b>(&'b self, values: &'b [(&'b str, &'b str)]) -> SecurityScopes<'b> {
        SecurityScopes { given: self.given.and(values), ..*self }
    }

    /// The value of a parameter of the required scopes, as [`check`](Self::check) fills it in. `None` if they have no such
    /// parameter, or if the request has no value that is fit for all of them.
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request, routing::get};
    /// use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, security};
    /// use tower::ServiceExt;
    ///
    /// struct Registry;
    /// impl OAuth2Scheme for Registry {
    ///     const FLOWS: Flows = Flows::client_credentials("token");
    ///     const SCOPES: &[(&str, &str)] = &[("repository:{name}:pull", "Pull from a repository.")];
    /// }
    ///
    /// #[security]
    /// async fn get_repository(required: SecurityScopes, Bearer(token): Bearer<Registry>) -> Result<String, AuthError> {
    ///     # let granted = Scopes::from(token.as_str());
    ///     // … verify the token …
    ///     required.check(&granted)?;
    ///     required.value("name").map(str::to_owned).ok_or_else(AuthError::internal)
    /// }
    ///
    /// #[security(scopes = ["repository:{name}:pull"])]
    /// async fn list_tags(Depends(repository): Depends<get_repository>) -> String {
    ///     repository
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router: Router = Router::new().route("/v2/{name}/tags", get(list_tags));
    /// let request = Request::get("/v2/alpine/tags").header("authorization", "Bearer repository:alpine:pull");
    /// let response = router.oneshot(request.body(Body::empty())?).await?;
    /// assert_eq!(axum::body::to_bytes(response.into_body(), 1024).await?, "alpine");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a str> {
        let value = self.values().value(name).ok()?;
        self.requirement.required.fits(name, value).then_some(value)
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
        AuthError::not_authenticated_at(&self.place())
    }

    /// A 401 for an invalid credential. The challenge names the required scopes.
    pub fn unauthorized(&self, detail: impl Into<Cow<'static, str>>) -> AuthError {
        AuthError::invalid_token(&self.place(), detail.into())
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
        AuthError::insufficient_user_authentication(&self.place(), acr_values, max_age)
    }
}

impl fmt::Debug for SecurityScopes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecurityScopes").field(&self.scopes()).finish()
    }
}

impl Describe for SecurityScopes<'_> {
    const NODE: &'static Node = &Node::leaf(Kind::SecurityScopes);
}
