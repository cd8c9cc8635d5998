//! What a guard can protect: routes come in, and the same routes behind a layer go out.

use std::convert::Infallible;

use axum::{
    Router,
    extract::Request,
    response::Response,
    routing::{MethodRouter, Route},
};
use tower_layer::Layer;
use tower_service::Service;

use crate::{dependency::function::Function, tree::node::Node};

/// Routes that a [`Guard`](crate::dependency::Guard) can protect: [`Router`], [`MethodRouter`], and with the features `utoipa` and `aide` the routers of
/// these crates.
#[diagnostic::on_unimplemented(
    message = "a guard cannot protect `{Self}`",
    label = "expected a `Router` or a `MethodRouter`",
    note = "write `get(handler)` for a handler"
)]
pub trait Routes: sealed::Sealed + Sized {
    /// The same routes behind `gate`, which requires what `tree` says.
    #[doc(hidden)]
    fn behind<L: Gate>(self, gate: L, tree: Behind) -> Self;
}

impl<T: Clone + Send + Sync + 'static> Routes for Router<T> {
    fn behind<L: Gate>(self, gate: L, _: Behind) -> Self {
        // The layer also covers axum's own 404. The merge restores it, and keeps a fallback of the user's.
        self.layer(gate).merge(Self::new())
    }
}

impl<T: Clone + Send + Sync + 'static> Routes for MethodRouter<T> {
    fn behind<L: Gate>(self, gate: L, _: Behind) -> Self {
        self.layer(gate)
    }
}

/// The tree of a guard. Only a guard makes one, so nobody lists as protected what is not.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Behind(&'static Node);

impl Behind {
    pub(crate) const fn of<F: Function>() -> Self {
        Self(F::DEPENDENCY_TREE)
    }

    pub(crate) const fn tree(self) -> &'static Node {
        self.0
    }
}

/// A layer as axum's routers take it.
#[doc(hidden)]
pub trait Gate: Layer<Route, Service: Gated> + Clone + Send + Sync + 'static {}

impl<L: Layer<Route, Service: Gated> + Clone + Send + Sync + 'static> Gate for L {}

/// A route behind a [`Gate`].
#[doc(hidden)]
pub trait Gated:
    Service<Request, Response = Response, Error = Infallible, Future: Send + 'static> + Clone + Send + Sync + 'static
{
}

impl<T> Gated for T where
    T: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static
{
}

pub(crate) mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for axum::Router<T> {}
    impl<T> Sealed for axum::routing::MethodRouter<T> {}
}
