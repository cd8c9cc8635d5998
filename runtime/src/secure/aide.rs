//! Routers with a document of aide: each operation has its row, and each row has what the operation requires.
//!
//! ```
//! use aide::openapi::OpenApi;
//! use axum_scopes::{
//!     Depends, Flows, OAuth2Scheme, TokenVerifier,
//!     secure::aide::{ApiRouter, get},
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
//! async fn read_items(_: Depends<verified<Api>>) -> String {
//!     String::new()
//! }
//!
//! #[security(public = "load balancers have no token")]
//! async fn status() -> String {
//!     String::new()
//! }
//!
//! let mut api = OpenApi::default();
//! let router: ApiRouter<TokenVerifier> =
//!     ApiRouter::new().api_route("/items", get(read_items)).api_route("/status", get(status));
//! let router = router.finish(&mut api);
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

use ::aide::{
    OperationInput, OperationOutput,
    axum::{
        ApiRouter as Inner,
        routing::{self, ApiMethodRouter as InnerMethods},
    },
    openapi::OpenApi,
    operation::OperationHandler,
    transform::TransformOperation,
};
use axum::{handler::Handler, routing::MethodRouter};

use crate::{
    access::AccessTable,
    dependency::protect::{Behind, Gate, Routes, sealed::Sealed},
    openapi::{
        aide::operation::{mark_elsewhere, mark_public},
        security_schemes,
    },
    secure::{
        guarded::behind,
        router::Router,
        routes::SaidRoutes,
        row::{Row, Says, Statement, table},
        says::{SaysWho, Token, WithReason},
    },
    tree::node::Node,
};

/// The documented handlers of one path, each of which says who may call it. [`get`], [`post`] and the others make one.
#[must_use = "it has no effect until it is mounted by `ApiRouter::api_route`"]
pub struct ApiMethodRouter<S = ()> {
    routes: InnerMethods<S>,
    rows: Vec<Row>,
}

impl<H: OperationHandler<I, O>, I: OperationInput, O: OperationOutput> OperationHandler<I, O> for WithReason<H> {}

/// Adds to an operation what its handler says.
fn said(Statement(says): Statement, operation: TransformOperation<'_>) -> TransformOperation<'_> {
    operation.with(|mut operation| {
        match says {
            Says::Handler(&Node { public: Some(why), .. }) | Says::Public(why) => {
                mark_public(operation.inner_mut(), why)
            }
            Says::Elsewhere(who) => mark_elsewhere(operation.inner_mut(), who),
            Says::Handler(_) | Says::Guard => {}
        }
        operation
    })
}

macro_rules! methods {
    ($($name:ident $with:ident $method:literal,)*) => {
        $(
            #[doc = concat!("Routes `", $method, "` requests to a handler that says who may call it, and documents it, as `aide::axum::routing::", stringify!($name), "`.")]
            pub fn $name<H, T, I, O, A, S>(handler: H) -> ApiMethodRouter<S>
            where
                H: Handler<T, S> + OperationHandler<I, O> + SaysWho<A>,
                T: 'static,
                I: OperationInput,
                O: OperationOutput,
                S: Clone + Send + Sync + 'static,
            {
                $with(handler, |operation| operation)
            }

            #[doc = concat!("The same as [`", stringify!($name), "`], with a change to the operation, as `aide::axum::routing::", stringify!($with), "`.")]
            pub fn $with<H, T, I, O, A, S>(
                handler: H,
                change: impl FnOnce(TransformOperation<'_>) -> TransformOperation<'_>,
            ) -> ApiMethodRouter<S>
            where
                H: Handler<T, S> + OperationHandler<I, O> + SaysWho<A>,
                T: 'static,
                I: OperationInput,
                O: OperationOutput,
                S: Clone + Send + Sync + 'static,
            {
                let statement = handler.statement(Token::NEW);
                ApiMethodRouter {
                    routes: routing::$with(handler, |operation| change(said(statement, operation))),
                    rows: vec![Row::new($method, statement.0)],
                }
            }
        )*

        impl<S: Clone + Send + Sync + 'static> ApiMethodRouter<S> {
            $(
                #[doc = concat!("The same with a handler for `", $method, "` requests.")]
                pub fn $name<H, T, I, O, A>(self, handler: H) -> Self
                where
                    H: Handler<T, S> + OperationHandler<I, O> + SaysWho<A>,
                    T: 'static,
                    I: OperationInput,
                    O: OperationOutput,
                {
                    self.$with(handler, |operation| operation)
                }

                #[doc = concat!("The same with a handler for `", $method, "` requests, and with a change to its operation.")]
                pub fn $with<H, T, I, O, A>(
                    mut self,
                    handler: H,
                    change: impl FnOnce(TransformOperation<'_>) -> TransformOperation<'_>,
                ) -> Self
                where
                    H: Handler<T, S> + OperationHandler<I, O> + SaysWho<A>,
                    T: 'static,
                    I: OperationInput,
                    O: OperationOutput,
                {
                    let statement = handler.statement(Token::NEW);
                    self.rows.push(Row::new($method, statement.0));
                    Self { routes: self.routes.$with(handler, |operation| change(said(statement, operation))), ..self }
                }
            )*
        }
    };
}

methods! {
    get get_with "GET",
    head head_with "HEAD",
    options options_with "OPTIONS",
    post post_with "POST",
    put put_with "PUT",
    patch patch_with "PATCH",
    delete delete_with "DELETE",
    trace trace_with "TRACE",
}

/// A router of aide, each of whose routes says who may call it.
#[must_use]
pub struct ApiRouter<S = ()> {
    router: Inner<S>,
    rows: Vec<Row>,
}

impl<S: Clone + Send + Sync + 'static> ApiRouter<S> {
    /// A router without routes.
    pub fn new() -> Self {
        Self { router: Inner::new(), rows: Vec::new() }
    }

    /// The same with a documented route.
    #[track_caller]
    pub fn api_route(mut self, path: &str, methods: ApiMethodRouter<S>) -> Self {
        self.rows.extend(methods.rows.into_iter().map(|row| row.at(path)));
        Self { router: self.router.api_route(path, methods.routes), ..self }
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
    pub fn with_state<T>(self, state: S) -> ApiRouter<T> {
        ApiRouter { router: self.router.with_state(state), rows: self.rows }
    }

    /// The router. Its document becomes a part of `api`, which is finished as by
    /// [`security_schemes`].
    pub fn finish(self, api: &mut OpenApi) -> Router<S> {
        Router { routes: self.router.finish_api_with(api, security_schemes), rows: self.rows }
    }
}

impl<S> ApiRouter<S> {
    /// Who may call what, as [`Router::table`].
    #[must_use]
    pub fn table(&self) -> AccessTable {
        table(&self.rows)
    }
}

impl<S> Sealed for ApiRouter<S> {}

impl<S: Clone + Send + Sync + 'static> Routes for ApiRouter<S> {
    fn behind<L: Gate>(self, gate: L, guard: Behind) -> Self {
        Self { router: self.router.behind(gate, guard), rows: behind(self.rows, guard.tree()) }
    }
}

impl<S: Clone + Send + Sync + 'static> Default for ApiRouter<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for ApiRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiRouter").field(&self.rows).finish()
    }
}

impl<S> fmt::Debug for ApiMethodRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiMethodRouter").field(&self.rows).finish()
    }
}
