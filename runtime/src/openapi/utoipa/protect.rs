//! Guards around documented routes, whose requirements are added to the document.

use ::utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use axum::Router;

use super::{finish::operations, operation::add_guard};
use crate::dependency::guard::{Behind, Gate, Routes, sealed::Sealed};

impl<T> Sealed for OpenApiRouter<T> {}
impl<T> Sealed for UtoipaMethodRouter<T> {}

impl<T: Clone + Send + Sync + 'static> Routes for OpenApiRouter<T> {
    fn behind<L: Gate>(mut self, gate: L, tree: Behind) -> Self {
        for operation in self.get_openapi_mut().paths.paths.values_mut().flat_map(operations) {
            add_guard(operation, tree.tree());
        }
        self.layer(gate).merge(Router::new().into())
    }
}

impl<T: Clone + Send + Sync + 'static> Routes for UtoipaMethodRouter<T> {
    fn behind<L: Gate>(self, gate: L, tree: Behind) -> Self {
        let (schemas, mut paths, router) = self;
        for operation in paths.paths.values_mut().flat_map(operations) {
            add_guard(operation, tree.tree());
        }
        (schemas, paths, router.behind(gate, tree))
    }
}
