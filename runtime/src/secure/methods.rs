//! The handlers of one path: `get`, `post` and the others, with handlers that say who may call them.

use std::{convert::Infallible, fmt};

use axum::{
    extract::Request,
    handler::Handler,
    response::IntoResponse,
    routing::{self, MethodFilter, Route},
};
use tower_layer::Layer;
use tower_service::Service;

use crate::secure::{
    routes::SaidRoutes,
    row::{Row, Says, Statement},
    says::{SaysWho, Token},
};

/// The handlers of one path, each of which says who may call it. [`get`], [`post`] and the others make one.
#[must_use = "it has no effect until it is mounted by `Router::route`"]
pub struct MethodRouter<S = ()> {
    pub(super) routes: routing::MethodRouter<S>,
    pub(super) rows: Vec<Row>,
}

impl<S: Clone> MethodRouter<S> {
    pub(crate) fn new(routes: routing::MethodRouter<S>, rows: Vec<Row>) -> Self {
        Self { routes, rows }
    }

    /// The same with what `routes` makes of the routes.
    fn with(
        self,
        method: &'static str,
        said: Statement,
        add: impl FnOnce(routing::MethodRouter<S>) -> routing::MethodRouter<S>,
    ) -> Self {
        let Self { routes, mut rows } = self;
        rows.push(Row::new(method, said.0));
        Self { routes: add(routes), rows }
    }
}

/// Each method, as axum names it and as the table shows it.
const METHODS: [(MethodFilter, &str); 9] = [
    (MethodFilter::GET, "GET"),
    (MethodFilter::HEAD, "HEAD"),
    (MethodFilter::OPTIONS, "OPTIONS"),
    (MethodFilter::POST, "POST"),
    (MethodFilter::PUT, "PUT"),
    (MethodFilter::PATCH, "PATCH"),
    (MethodFilter::DELETE, "DELETE"),
    (MethodFilter::TRACE, "TRACE"),
    (MethodFilter::CONNECT, "CONNECT"),
];

macro_rules! methods {
    ($($name:ident $method:literal,)*) => {
        $(
            #[doc = concat!("Routes `", $method, "` requests to a handler that says who may call it, as [`axum::routing::", stringify!($name), "`].")]
            ///
            /// ```
            /// # use axum_scopes::{security, secure};
            /// #[security(public = "load balancers have no token")]
            /// async fn status() {}
            ///
            #[doc = concat!("let router: secure::Router = secure::Router::new().route(\"/\", secure::", stringify!($name), "(status));")]
            #[doc = concat!("assert_eq!(router.table().to_string(), \"", $method, "  /  public (load balancers have no token)\\n\");")]
            /// ```
            pub fn $name<H, T, A, S>(handler: H) -> MethodRouter<S>
            where
                H: Handler<T, S> + SaysWho<A>,
                T: 'static,
                S: Clone + Send + Sync + 'static,
            {
                let row = Row::new($method, handler.statement(Token::NEW).0);
                MethodRouter::new(routing::$name(handler), vec![row])
            }
        )*

        impl<S: Clone + Send + Sync + 'static> MethodRouter<S> {
            $(
                #[doc = concat!("The same with a handler for `", $method, "` requests.")]
                #[track_caller]
                pub fn $name<H: Handler<T, S> + SaysWho<A>, T: 'static, A>(self, handler: H) -> Self {
                    let said = handler.statement(Token::NEW);
                    self.with($method, said, |routes| routes.$name(handler))
                }
            )*
        }
    };
}

methods! {
    get "GET",
    head "HEAD",
    options "OPTIONS",
    post "POST",
    put "PUT",
    patch "PATCH",
    delete "DELETE",
    trace "TRACE",
    connect "CONNECT",
}

/// Routes requests of any method to a handler that says who may call it, as [`axum::routing::any`].
///
/// ```
/// use axum_scopes::{security, secure::{Router, any}};
///
/// #[security(public = "it answers what it was sent")]
/// async fn echo(body: String) -> String {
///     body
/// }
///
/// let router: Router = Router::new().route("/echo", any(echo));
/// assert_eq!(router.table().to_string(), "*  /echo  public (it answers what it was sent)\n");
/// ```
pub fn any<H, T, A, S>(handler: H) -> MethodRouter<S>
where
    H: Handler<T, S> + SaysWho<A>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let row = Row::new("*", handler.statement(Token::NEW).0);
    MethodRouter::new(routing::any(handler), vec![row])
}

/// Routes requests of these methods to a handler that says who may call it, as [`axum::routing::on`].
///
/// ```
/// use axum::routing::MethodFilter;
/// use axum_scopes::{security, secure::{Router, on}};
///
/// #[security(public = "it is the same for everybody")]
/// async fn terms() -> &'static str {
///     "be kind"
/// }
///
/// let router: Router = Router::new().route("/terms", on(MethodFilter::GET.or(MethodFilter::POST), terms));
/// let table = router.table().to_string();
/// assert!(table.starts_with("GET   /terms  public (it is the same for everybody)\nPOST  /terms"), "{table}");
/// ```
pub fn on<H, T, A, S>(filter: MethodFilter, handler: H) -> MethodRouter<S>
where
    H: Handler<T, S> + SaysWho<A>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    MethodRouter::new(routing::MethodRouter::new(), Vec::new()).on(filter, handler)
}

impl<S: Clone + Send + Sync + 'static> MethodRouter<S> {
    /// The same with a handler for requests of these methods.
    #[track_caller]
    pub fn on<H: Handler<T, S> + SaysWho<A>, T: 'static, A>(mut self, filter: MethodFilter, handler: H) -> Self {
        let Statement(says) = handler.statement(Token::NEW);
        let filtered = METHODS.iter().filter(|(method, _)| filter.or(*method) == filter);
        self.rows.extend(filtered.map(|(_, method)| Row::new(method, says)));
        Self { routes: self.routes.on(filter, handler), ..self }
    }

    /// The same with a handler for all other methods, in place of one that is there, as that of [`any`].
    pub fn fallback<H: Handler<T, S> + SaysWho<A>, T: 'static, A>(mut self, handler: H) -> Self {
        // The row of routes that a guard admits has all methods.
        self.rows.retain(|row| row.method != "*" || matches!(row.says, Says::Guard));
        let said = handler.statement(Token::NEW);
        self.with("*", said, |routes| routes.fallback(handler))
    }

    /// The handlers of both.
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        Self { routes: self.routes.merge(other.routes), rows: self.rows }
    }

    /// The same with a layer around all handlers that are there now. The table does not know what a layer does.
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<
                Request,
                Response: IntoResponse + 'static,
                Error: Into<Infallible> + 'static,
                Future: Send + 'static,
            > + Clone
            + Send
            + Sync
            + 'static,
    {
        Self { routes: self.routes.layer(layer), rows: self.rows }
    }

    /// The same with a layer around all handlers that are there now. It does not see requests of other methods.
    #[track_caller]
    pub fn route_layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request, Response: IntoResponse + 'static, Error = Infallible, Future: Send + 'static>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        Self { routes: self.routes.route_layer(layer), rows: self.rows }
    }
}

impl<S> SaidRoutes<routing::MethodRouter<S>> for MethodRouter<S> {
    fn into_parts(self, _: Token) -> (routing::MethodRouter<S>, Vec<Row>) {
        (self.routes, self.rows)
    }
}

impl<S> Clone for MethodRouter<S> {
    fn clone(&self) -> Self {
        Self { routes: self.routes.clone(), rows: self.rows.clone() }
    }
}

impl<S> fmt::Debug for MethodRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MethodRouter").field(&self.rows).finish()
    }
}
