//! Layers around the routes of a router.

use std::convert::Infallible;

use axum::{extract::Request, response::IntoResponse, routing::Route};
use tower_layer::Layer;
use tower_service::Service;

use crate::secure::Router;

impl<S: Clone + Send + Sync + 'static> Router<S> {
    /// The same with a layer around all routes that are there now. The table does not know what a layer does: one that answers itself
    /// answers everybody. A guard's layer comes from [`Guard::protect`](crate::dependency::Guard::protect).
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

    /// The same with a layer around all routes that are there now, and not around the fallback.
    #[track_caller]
    pub fn route_layer<L>(self, layer: L) -> Self
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
        Self { routes: self.routes.route_layer(layer), rows: self.rows }
    }
}
