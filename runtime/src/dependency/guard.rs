//! Guards: dependencies of whole routers, like `dependencies=[Security(…)]` on a router of FastAPI.

use std::{any::type_name, fmt, marker::PhantomData};

use axum::{
    extract::{Request, State},
    http::request::Parts,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        cache,
        extract::Dependency,
        function::{At, Function},
        path::Root,
        protect::{Behind, Routes},
        result::DependencyResult,
    },
    error::AuthError,
    tree::parts::Part,
};

/// Makes a [`Guard`] for a whole router from dependencies and the scopes that are required of them.
///
/// The arguments are those of [`#[security]`](crate::security), and the compiler checks them in the same way.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_scopes::{Flows, HmacKey, OAuth2Scheme, TokenVerifier, guard, verified};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("admin", "Everything.")];
/// }
///
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
/// let admin = guard!(scopes = ["admin"], depends(verified<Api>)).with_state(verifier);
/// let router: Router = Router::new()
///     .route("/", get(async || "open to all"))
///     .nest("/admin", admin.protect(Router::new().route("/users", get(async || "for admins"))));
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[macro_export]
macro_rules! guard {
    ($($arguments:tt)*) => {{
        #[$crate::security(crate = $crate, $($arguments)*)]
        async fn __axum_scopes_guard() -> ::core::result::Result<(), ::core::convert::Infallible> {
            ::core::result::Result::Ok(())
        }
        const _: () = $crate::private::guards_something(
            <__axum_scopes_guard as $crate::private::Secured>::DEPENDENCY_TREE,
        );
        $crate::dependency::Guard::<__axum_scopes_guard>::new()
    }};
}

/// Dependencies that every request to a router has to pass first. [`guard!`](crate::guard!) makes one.
///
/// They run before the handlers' own dependencies and before the body is read. They see only the guard's scopes. Guards around
/// guards add up. Handlers do not see the outputs that a guard has cached, because a guard may have another state.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_scopes::{AuthError, guard, security};
///
/// #[security]
/// async fn open() -> Result<(), AuthError> {
///     Ok(())
/// }
///
/// #[security]
/// async fn paid() -> Result<(), AuthError> {
///     Err(AuthError::forbidden("No ticket"))
/// }
///
/// let gate = guard!(depends(open, paid));
/// let router: Router = gate.protect(Router::new().route("/", get(async || "come in")));
/// ```
#[must_use = "a guard protects only the routes that `protect` returns"]
pub struct Guard<F, S = ()> {
    /// `None` if each request brings the state.
    state: Option<S>,
    function: PhantomData<fn() -> F>,
}

impl<F: Function> Guard<F> {
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self { state: Some(()), function: PhantomData }
    }

    /// The same guard with a state for its dependencies. The state of the router comes too late, because a guard stands before it.
    ///
    /// ```
    /// use axum::{Router, extract::State, routing::get};
    /// use axum_scopes::{AuthError, guard, security};
    ///
    /// #[derive(Clone)]
    /// struct App {
    ///     open: bool,
    /// }
    ///
    /// #[security]
    /// async fn opening_hours(State(app): State<App>) -> Result<(), AuthError> {
    ///     if app.open { Ok(()) } else { Err(AuthError::forbidden("Closed")) }
    /// }
    ///
    /// let app = App { open: true };
    /// let hours = guard!(depends(opening_hours)).with_state(app.clone());
    /// let router: Router = hours.protect(Router::new().route("/", get(async || "come in"))).with_state(app);
    /// ```
    pub fn with_state<S>(self, state: S) -> Guard<F, S> {
        Guard { state: Some(state), function: PhantomData }
    }

    /// The same guard with a state that each request brings, as axum's [`Extension`](axum::Extension) of this type. So routes,
    /// their document and the access table can be made without a state, for example without a database.
    ///
    /// A request without the extension is refused with 500, and the log says so. So add it last, to the router that is served.
    /// Use a type of your own: a service around this one may have an extension of a type that both know, and it would be taken.
    ///
    /// ```
    /// use axum::{Extension, Router, body::Body, extract::State, http::Request, routing::get};
    /// use axum_scopes::{AuthError, guard, security};
    /// use tower::ServiceExt;
    ///
    /// #[derive(Clone)]
    /// struct App {
    ///     open: bool,
    /// }
    ///
    /// #[security]
    /// async fn opening_hours(State(app): State<App>) -> Result<(), AuthError> {
    ///     if app.open { Ok(()) } else { Err(AuthError::forbidden("Closed")) }
    /// }
    ///
    /// fn routes() -> Router {
    ///     let hours = guard!(depends(opening_hours)).with_extension::<App>();
    ///     hours.protect(Router::new().route("/", get(async || "come in")))
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let router = routes().layer(Extension(App { open: true }));
    /// let response = router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
    /// assert_eq!(response.status(), 200);
    /// # }
    /// ```
    pub fn with_extension<S>(self) -> Guard<F, S> {
        Guard { state: None, function: PhantomData }
    }
}

impl<F: Function> Default for Guard<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F, S> Guard<F, S> {
    /// The same router, or the same routes of one path, behind the guard. It protects all routes that are there now, their answers
    /// to other methods, and a fallback of the router's own. A path that does not exist stays 404.
    ///
    /// Routes that you add to the result are not protected, so add them before.
    ///
    /// ```
    /// # use axum::{Router, routing::get};
    /// # use axum_scopes::{AuthError, guard, security};
    /// # #[security]
    /// # async fn opening_hours() -> Result<(), AuthError> { Ok(()) }
    /// let hours = guard!(depends(opening_hours));
    /// let router: Router = Router::new().route("/shop", hours.protect(get(async || "come in")));
    /// ```
    #[must_use]
    pub fn protect<R: Routes>(&self, routes: R) -> R
    where
        F: Passable<S>,
        S: Clone + Send + Sync + 'static,
    {
        routes.behind(from_fn_with_state(self.state.clone(), pass::<F, S>), Behind::of::<F>())
    }
}

/// A guard whose dependencies can be extracted with the state `S`.
#[diagnostic::on_unimplemented(
    message = "the dependencies of this guard cannot be extracted with the state `{S}`",
    label = "they take something that `{S}` does not provide",
    note = "a guard has a state of its own: write `guard!(…).with_state(app)` before `protect`",
    note = "a dependency with `State<App>` needs the state `App`, or one for which `App: FromRef<…>` is implemented",
    note = "`verified<Scheme>` takes `TokenVerifier` from the state by `FromRef`, and `verified<Scheme, V>` takes `V`"
)]
pub trait Passable<S>: Dependency<S> {}

#[diagnostic::do_not_recommend]
impl<F: Dependency<S>, S> Passable<S> for F {}

async fn pass<F, S>(State(state): State<Option<S>>, request: Request, next: Next) -> Response
where
    F: Dependency<S>,
    S: Clone + Send + Sync + 'static,
{
    let Some(state) = state.or_else(|| request.extensions().get().cloned()) else {
        tracing::error!(state = type_name::<S>(), "no `Extension` with the state of a guard; refused");
        return AuthError::internal().in_style(At::<F, Root>::REQUIREMENT.scheme).into_response();
    };
    let (mut parts, body) = request.into_parts();
    match resolve::<F, S>(&mut parts, &state).await {
        Ok(_) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refusal,
    }
}

/// The output of a function in front of everything else, with a cache of its own if its tree needs one.
pub(crate) async fn resolve<F: Dependency<S>, S>(
    parts: &mut Parts,
    state: &S,
) -> Result<<F::Ret as DependencyResult>::Output, Response> {
    if cache::is_needed(parts, const { F::DEPENDENCY_TREE.has(Part::Cache) }) {
        let tree = cache::enter(parts, None);
        F::resolve(tree.parts, state, At::<F, Root>::REQUIREMENT).await
    } else {
        F::resolve(parts, state, At::<F, Root>::REQUIREMENT).await
    }
}

impl<F, S: Clone> Clone for Guard<F, S> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), function: PhantomData }
    }
}

impl<F: Function, S> fmt::Debug for Guard<F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guard").field(&F::DEPENDENCY_TREE.own).finish()
    }
}
