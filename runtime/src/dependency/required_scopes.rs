//! The scopes that are required of a function, to show them.

use std::{borrow::Cow, fmt, marker::PhantomData, time::Duration};

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{
    dependency::{
        path::{Path, Placed, Unbound},
        requirement::Place,
        values::{Given, PathValues, Values},
    },
    error::{AuthError, asking::Asking},
    tree::{
        describe::Describe,
        node::{Kind, Node},
        requirement::Requirement,
    },
};

/// The scopes that are required of a function, to show them: for a log line, a page, or another decision.
///
/// It enforces nothing. In a handler it has the handler's own scopes, and its refusals are those of the first scheme in the
/// handler's dependency tree.
///
/// ```
/// use axum_scopes::{AuthError, RequiredScopes, security};
///
/// #[security]
/// async fn log_scopes(required: RequiredScopes) -> Result<(), AuthError> {
///     println!("this route requires {:?}", required.scopes());
///     Ok(())
/// }
/// ```
pub struct RequiredScopes<P: Path = Unbound> {
    requirement: &'static Requirement,
    of_path: PathValues,
    path: PhantomData<fn() -> P>,
}

impl<P: Path> RequiredScopes<P> {
    pub(crate) fn at(parts: &mut Parts, requirement: &'static Requirement) -> Self {
        // It refuses nothing, so a path that cannot be decoded has no values.
        let of_path = PathValues::read(parts, requirement).unwrap_or_default();
        Self { requirement, of_path, path: PhantomData }
    }

    fn place(&self) -> Asking {
        Values { of_path: &self.of_path, given: Given::default() }.asking(self.requirement)
    }

    /// The required scopes: those of the outermost function first, without repeats. Of `any(…)`, the preferred one is here,
    /// unless the others are enough. A template is here as it is written.
    #[must_use]
    pub fn scopes(&self) -> &'static [&'static str] {
        self.requirement.required.names()
    }

    /// The required scopes with one space between them.
    #[must_use]
    pub fn scope_str(&self) -> &'static str {
        self.requirement.required.text()
    }

    /// The required scopes with their alternatives, like [`SecurityScopes::alternatives`](crate::SecurityScopes::alternatives).
    pub fn alternatives(&self) -> impl Iterator<Item = &'static [&'static str]> + use<P> {
        self.requirement.required.alternatives()
    }

    /// A 401 for a request without a credential, like [`SecurityScopes::not_authenticated`](crate::SecurityScopes::not_authenticated).
    pub fn not_authenticated(&self) -> AuthError {
        AuthError::not_authenticated_at(&self.place())
    }

    /// A 401 for an invalid credential, like [`SecurityScopes::unauthorized`](crate::SecurityScopes::unauthorized).
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request, routing::get};
    /// use axum_scopes::{AuthError, HttpBasic, HttpBasicScheme, RequiredScopes, security};
    /// use tower::ServiceExt;
    ///
    /// struct Staff;
    /// impl HttpBasicScheme for Staff {
    ///     const REALM: Option<&str> = Some("staff");
    /// }
    ///
    /// #[security]
    /// async fn read_report(required: RequiredScopes, HttpBasic(staff): HttpBasic<Staff>) -> Result<String, AuthError> {
    ///     # let is_right = |_: &str, _: &str| false;
    ///     if !is_right(&staff.username, staff.password.as_str()) {
    ///         return Err(required.unauthorized("Incorrect username or password"));
    ///     }
    ///     Ok("All is well".to_owned())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let router: Router = Router::new().route("/report", get(read_report));
    /// let request = Request::get("/report").header("authorization", "Basic am9lOnNlY3JldA==");
    /// let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    /// assert_eq!(response.headers()["www-authenticate"], "Basic realm=\"staff\"");
    /// # }
    /// ```
    pub fn unauthorized(&self, detail: impl Into<Cow<'static, str>>) -> AuthError {
        AuthError::invalid_token(&self.place(), detail.into())
    }

    /// A 401 for a user who has to log in again, like [`SecurityScopes::insufficient_user_authentication`](crate::SecurityScopes::insufficient_user_authentication).
    pub fn insufficient_user_authentication(&self, acr_values: &[&str], max_age: Option<Duration>) -> AuthError {
        AuthError::insufficient_user_authentication(&self.place(), acr_values, max_age)
    }
}

impl<P: Path> fmt::Debug for RequiredScopes<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequiredScopes").field(&self.scopes()).finish()
    }
}

impl<S: Sync, P: Placed> FromRequestParts<S> for RequiredScopes<P> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::at(parts, Place::<P>::REQUIREMENT))
    }
}

impl<P: Path> Describe for RequiredScopes<P> {
    const NODE: &'static Node = &Node::leaf(Kind::RequiredScopes);
}
