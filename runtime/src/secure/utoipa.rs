//! Routers with a document of utoipa: each operation has its row, and each row has what the operation requires.
//!
//! ```
//! use axum_scopes::{
//!     Depends, Flows, OAuth2Scheme, TokenVerifier,
//!     secure::{Router, utoipa::{OpenApiRouter, routes}},
//!     security, verified,
//! };
//!
//! struct Api;
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::password("token");
//!     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
//! }
//!
//! #[security(scopes = ["items"])]
//! #[utoipa::path(get, path = "/items", responses((status = OK)))]
//! async fn read_items(_: Depends<verified<Api>>) {}
//!
//! #[security(public = "load balancers have no token")]
//! #[utoipa::path(get, path = "/status", responses((status = OK)))]
//! async fn status() {}
//!
//! let router: OpenApiRouter<TokenVerifier> = OpenApiRouter::new().routes(routes!(read_items)).routes(routes!(status));
//! let (router, api) = router.split();
//! assert_eq!(
//!     router.table().to_string(),
//!     "\
//! GET  /items   OAuth2PasswordBearer [items]
//! GET  /status  public (load balancers have no token)
//! "
//! );
//! let api = serde_json::to_value(&api).unwrap();
//! assert_eq!(api["paths"]["/status"]["get"]["x-public"], "load balancers have no token");
//! ```

use std::fmt;

use ::utoipa::openapi::OpenApi;
use ::utoipa_axum::router::{OpenApiRouter as Inner, UtoipaMethodRouter};
use axum::routing::MethodRouter;

use crate::{
    access::AccessTable,
    dependency::protect::{Behind, Gate, Routes as Protected, sealed::Sealed},
    openapi::{
        SplitSecured,
        utoipa::{finish::operations_of, routes::is_documented},
    },
    secure::{
        guarded::behind,
        router::Router,
        routes::SaidRoutes,
        row::Row,
        says::{SaysWho, Token},
    },
};

#[doc(inline)]
pub use crate::__axum_scopes_secure_routes as routes;

/// Makes routes for [`OpenApiRouter::routes`] from handlers with `#[security]` and `#[utoipa::path]`, as `routes!` of utoipa-axum
/// does. Each handler says who may call it.
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_scopes_secure_routes {
    ($handler:path $(, $more:path)* $(,)?) => {
        $crate::private::secured_routes($handler, $crate::private::utoipa_routes!($handler))
            $(.and($crate::private::secured_routes($more, $crate::private::utoipa_routes!($more))))*
    };
}

/// Handlers, each with its path, its operation and its rows. Each is mounted at its own path only.
#[must_use = "it has no effect until it is mounted by `OpenApiRouter::routes`"]
pub struct Routes<S = ()> {
    routes: Vec<UtoipaMethodRouter<S>>,
    rows: Vec<Row>,
}

/// The routes of one handler.
///
/// # Panics
///
/// If the document of its name is that of another function.
#[track_caller]
pub fn secured_routes<H, A, S>(handler: H, routes: UtoipaMethodRouter<S>) -> Routes<S>
where
    H: SaysWho<A> + crate::dependency::marked::Attributed<A>,
{
    let says = handler.statement(Token::NEW).0;
    let mut routes = is_documented(handler, routes);
    let items = &mut routes.1.paths;
    let rows =
        items.iter_mut().flat_map(|(path, item)| operations_of(item).map(move |(method, _)| (path.clone(), method)));
    // utoipa-axum mounts an empty path there.
    let at = |path: String| if path.is_empty() { "/".to_owned() } else { path };
    let rows = rows.map(|(path, method)| Row::new(method, says).at(&at(path))).collect();
    Routes { routes: vec![routes], rows }
}

impl<S> Routes<S> {
    /// The routes of both.
    #[doc(hidden)]
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self.rows.extend(other.rows);
        self
    }
}

/// A router of utoipa-axum, each of whose routes says who may call it.
#[must_use]
pub struct OpenApiRouter<S = ()> {
    router: Inner<S>,
    rows: Vec<Row>,
}

impl<S: Clone + Send + Sync + 'static> OpenApiRouter<S> {
    /// A router without routes, and a document with the title of utoipa-axum. Better start [with a document](Self::with_openapi).
    pub fn new() -> Self {
        Self { router: Inner::new(), rows: Vec::new() }
    }

    /// A router without routes, and this document.
    pub fn with_openapi(api: OpenApi) -> Self {
        Self { router: Inner::with_openapi(api), rows: Vec::new() }
    }

    /// The same with routes of [`routes!`].
    #[track_caller]
    pub fn routes(mut self, routes: Routes<S>) -> Self {
        self.rows.extend(routes.rows);
        Self { router: routes.routes.into_iter().fold(self.router, Inner::routes), ..self }
    }

    /// The same with a route that is not in the document, as [`Router::route`].
    #[track_caller]
    pub fn route(mut self, path: &str, methods: impl SaidRoutes<MethodRouter<S>>) -> Self {
        let (methods, rows) = methods.into_parts(Token::NEW);
        self.rows.extend(rows.into_iter().map(|row| row.at(path)));
        Self { router: self.router.route(path, methods), ..self }
    }

    /// The same with another router below a path, as [`Router::nest`].
    #[track_caller]
    pub fn nest(mut self, path: &str, router: Self) -> Self {
        self.rows.extend(router.rows.into_iter().map(|row| row.nested(path)));
        Self { router: self.router.nest(path, router.router), ..self }
    }

    /// The routes of both, as [`Router::merge`].
    #[track_caller]
    pub fn merge(mut self, router: Self) -> Self {
        self.rows.extend(router.rows);
        Self { router: self.router.merge(router.router), ..self }
    }

    /// The same with the state that its handlers take.
    pub fn with_state<T>(self, state: S) -> OpenApiRouter<T> {
        OpenApiRouter { router: self.router.with_state(state), rows: self.rows }
    }

    /// The router, and its document, which is finished as by [`SplitSecured`].
    pub fn split(self) -> (Router<S>, OpenApi) {
        let (routes, api) = self.router.split_secured();
        (Router { routes, rows: self.rows }, api)
    }
}

impl<S> OpenApiRouter<S> {
    /// Who may call what, as [`Router::table`].
    #[must_use]
    pub fn table(&self) -> AccessTable {
        super::row::table(&self.rows)
    }
}

impl<S> Sealed for OpenApiRouter<S> {}
impl<S> Sealed for Routes<S> {}

impl<S: Clone + Send + Sync + 'static> Protected for OpenApiRouter<S> {
    fn behind<L: Gate>(self, gate: L, guard: Behind) -> Self {
        Self { router: self.router.behind(gate, guard), rows: behind(self.rows, guard.tree()) }
    }
}

impl<S: Clone + Send + Sync + 'static> Protected for Routes<S> {
    fn behind<L: Gate>(self, gate: L, guard: Behind) -> Self {
        let routes = self.routes.into_iter().map(|routes| routes.behind(gate.clone(), guard)).collect();
        Self { routes, rows: behind(self.rows, guard.tree()) }
    }
}

impl<S: Clone + Send + Sync + 'static> Default for OpenApiRouter<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for OpenApiRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenApiRouter").field(&self.rows).finish()
    }
}

impl<S> fmt::Debug for Routes<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Routes").field(&self.rows).finish()
    }
}
