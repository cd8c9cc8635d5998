//! The router: axum's, with a row for each route.

use std::{convert::Infallible, fmt};

use axum::{extract::Request, handler::Handler, response::IntoResponse, routing};
use tower_service::Service;

use crate::{
    access::AccessTable,
    secure::{
        path::has_fallback,
        routes::{self, SaidRoutes, SaidService},
        row::{self, FALLBACK, Row},
        says::{SaysWho, Token},
        template,
    },
};

/// A router of axum, each of whose routes says who may call it.
///
/// Its methods are those of [`axum::Router`]. A handler that neither asks for a credential nor says why not does not compile here.
///
/// ```
/// use axum::http::StatusCode;
/// use axum_scopes::{
///     Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, secure::{Router, elsewhere, get, public}, security, verified,
/// };
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(_: Depends<verified<Api>>) {}
///
/// #[security(public = "load balancers have no token")]
/// async fn status() {}
///
/// let metrics = axum::Router::new().route("/metrics", axum::routing::get(async || "up 1"));
/// let router: Router<TokenVerifier> = Router::new()
///     .nest("/shop", Router::new().route("/items", get(read_items)))
///     .merge(elsewhere("the mesh lets only Prometheus in", metrics))
///     .fallback(public("nothing is here", async || StatusCode::NOT_FOUND))
///     .route("/status", get(status));
/// assert_eq!(
///     router.table().to_string(),
///     "\
/// *    (fallback)   public (nothing is here)
/// *    /metrics     elsewhere (the mesh lets only Prometheus in)
/// GET  /shop/items  OAuth2PasswordBearer [items]
/// GET  /status      public (load balancers have no token)
/// "
/// );
/// let router: axum::Router = router.with_state(TokenVerifier::hs256(&HmacKey::new([7; 32])?)).into_router();
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[must_use]
pub struct Router<S = ()> {
    pub(super) routes: axum::Router<S>,
    pub(super) rows: Vec<Row>,
}

impl<S: Clone + Send + Sync + 'static> Router<S> {
    /// A router without routes.
    pub fn new() -> Self {
        Self { routes: axum::Router::new(), rows: Vec::new() }
    }

    /// The same with a route.
    ///
    /// # Panics
    ///
    /// Like [`axum::Router::route`], and if two parameters of the path have one name.
    #[track_caller]
    pub fn route(mut self, path: &str, methods: impl SaidRoutes<routing::MethodRouter<S>>) -> Self {
        let (methods, rows) = methods.into_parts(Token::NEW);
        self.rows.extend(rows.into_iter().map(|row| row.at(path)));
        Self { routes: self.routes.route(path, methods), ..self }
    }

    /// The same with a service at a path, in [`public`](super::public) or [`elsewhere`](super::elsewhere).
    ///
    /// ```
    /// use axum::{body::Body, http::{Request, Response}};
    /// use axum_scopes::secure::{Router, public};
    /// use tower::service_fn;
    ///
    /// let logo = service_fn(async |_: Request<Body>| Ok::<_, std::convert::Infallible>(Response::new(Body::empty())));
    /// let router: Router = Router::new().route_service("/logo", public("guests see the logo", logo));
    /// assert_eq!(router.table().to_string(), "*  /logo  public (guests see the logo)\n");
    /// ```
    ///
    /// # Panics
    ///
    /// Like [`route`](Self::route).
    #[track_caller]
    pub fn route_service<T>(mut self, path: &str, service: T) -> Self
    where
        T: SaidService,
        T::Inner: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send + 'static>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let (service, row) = service.into_parts(Token::NEW);
        self.rows.push(row.at(path));
        Self { routes: self.routes.route_service(path, service), ..self }
    }

    /// The same with another router below a path. If that router has no fallback of its own, axum drops the fallbacks of routers
    /// that are nested in it.
    ///
    /// # Panics
    ///
    /// Like [`axum::Router::nest`], and if a parameter of the path has the name of one in the other router. A guard at this path
    /// and a handler below would read different ones.
    #[track_caller]
    pub fn nest(mut self, path: &str, router: impl SaidRoutes<axum::Router<S>>) -> Self {
        let (router, mut rows) = router.into_parts(Token::NEW);
        // Without a fallback of its own, axum drops those of routers in it.
        if !has_fallback(&router) {
            rows.retain(|row| !row.is_of_a_fallback());
        }
        self.rows.extend(rows.into_iter().map(|row| row.nested(path)));
        Self { routes: self.routes.nest(path, router), ..self }
    }

    /// The same with a service below a path, in [`public`](super::public) or [`elsewhere`](super::elsewhere). What the service does
    /// with paths is not known here, unless it is a router of axum.
    ///
    /// # Panics
    ///
    /// Like [`axum::Router::nest_service`], and if two parameters of the path have one name, or one of the path and one in a router
    /// of axum.
    #[track_caller]
    pub fn nest_service<T>(mut self, path: &str, service: T) -> Self
    where
        T: SaidService,
        T::Inner: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send + 'static>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let (service, row) = service.into_parts(Token::NEW);
        self.rows.extend(routes::service(&service, row).into_iter().map(|row| row.nested(path)));
        Self { routes: self.routes.nest_service(path, service), ..self }
    }

    /// The routes of both. A router of axum can be merged in [`public`](super::public) or [`elsewhere`](super::elsewhere).
    ///
    /// # Panics
    ///
    /// Like [`axum::Router::merge`].
    #[track_caller]
    pub fn merge(mut self, router: impl SaidRoutes<axum::Router<S>>) -> Self {
        let (router, rows) = router.into_parts(Token::NEW);
        self.rows.extend(rows);
        Self { routes: self.routes.merge(router), ..self }
    }

    /// The same with a handler for paths without a route, in place of one that is there. It says who may call it as well.
    #[track_caller]
    pub fn fallback<H: Handler<T, S> + SaysWho<A>, T: 'static, A>(mut self, handler: H) -> Self {
        self.rows.retain(|row| !row.is_fallback());
        self.rows.push(Row::new("*", handler.statement(Token::NEW).0).rest(FALLBACK));
        Self { routes: self.routes.fallback(handler), ..self }
    }

    /// The same with a service for paths without a route, in [`public`](super::public) or [`elsewhere`](super::elsewhere).
    ///
    /// ```
    /// use axum::{body::Body, http::{Request, Response}};
    /// use axum_scopes::secure::{Router, public};
    /// use tower::service_fn;
    ///
    /// let app = service_fn(async |_: Request<Body>| Ok::<_, std::convert::Infallible>(Response::new(Body::empty())));
    /// let router: Router = Router::new().fallback_service(public("the page logs in itself", app));
    /// assert_eq!(router.table().to_string(), "*  (fallback)  public (the page logs in itself)\n");
    /// ```
    pub fn fallback_service<T>(mut self, service: T) -> Self
    where
        T: SaidService,
        T::Inner: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send + 'static>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let (service, row) = service.into_parts(Token::NEW);
        self.rows.retain(|row| !row.is_fallback());
        self.rows.push(row.rest(FALLBACK));
        Self { routes: self.routes.fallback_service(service), ..self }
    }

    /// The same with a handler for methods that the routes which are there now have no handler for.
    pub fn method_not_allowed_fallback<H: Handler<T, S> + SaysWho<A>, T: 'static, A>(mut self, handler: H) -> Self {
        self.rows.push(Row::new("*", handler.statement(Token::NEW).0).of_methods(&self.rows));
        Self { routes: self.routes.method_not_allowed_fallback(handler), ..self }
    }

    /// The same with the state that its handlers take.
    pub fn with_state<T>(self, state: S) -> Router<T> {
        Router { routes: self.routes.with_state(state), rows: self.rows }
    }

    /// The router of axum, for `axum::serve`, `axum::Router::nest` and everything else that takes one. What is added to that does not
    /// say who may call it, so add all routes before.
    ///
    /// # Panics
    ///
    /// If a scope has a parameter that the path of its route does not have, or, in a handler for methods, that one of the routes does
    /// not have.
    #[track_caller]
    pub fn into_router(self) -> axum::Router<S> {
        for row in &self.rows {
            for path in row.asked_at() {
                template::parameters_are_there(path, row.trees());
            }
        }
        self.routes
    }
}

impl<S> Router<S> {
    /// Who may call what: one row for each route, and one for each fallback. Requirements of guards are in the rows of the routes that
    /// they protect.
    ///
    /// | row | is |
    /// |---|---|
    /// | `*  /files/{*rest}  …` | all methods, and all paths below, of a service. A router of axum has a row for each path |
    /// | `*  (fallback)  …`, `*  /api (fallback)  …` | paths without a route, in the whole service or below `/api` |
    /// | `*  (method not allowed)  …` | methods without a handler |
    ///
    /// [`AccessTable`] explains the rest of a row.
    #[must_use]
    pub fn table(&self) -> AccessTable {
        row::table(&self.rows)
    }
}

impl<S> SaidRoutes<axum::Router<S>> for Router<S> {
    fn into_parts(self, _: Token) -> (axum::Router<S>, Vec<Row>) {
        (self.routes, self.rows)
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Router<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for Router<S> {
    fn clone(&self) -> Self {
        Self { routes: self.routes.clone(), rows: self.rows.clone() }
    }
}

impl<S> fmt::Debug for Router<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Router").field(&self.rows).finish()
    }
}
