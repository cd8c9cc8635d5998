//! Guards around documented routes, whose requirements are added to the document.

use std::mem;

use ::aide::{
    axum::{ApiRouter, routing::ApiMethodDocs},
    generate::{extract_schemas, in_context},
    openapi::{OpenApi, Operation, PathItem, Paths},
    util::iter_operations_mut,
};
use axum::Router;
use schemars::{SchemaGenerator, generate::SchemaSettings};

use super::operation::add_guard;
use crate::dependency::guard::{Behind, Gate, Routes, sealed::Sealed};

impl<T> Sealed for ApiRouter<T> {}

impl<T: Clone + Send + Sync + 'static> Routes for ApiRouter<T> {
    fn behind<L: Gate>(self, gate: L, tree: Behind) -> Self {
        let (router, paths) = parts(self);
        let router = Self::from(router.behind(gate, tree));
        paths.into_iter().fold(router, |router, (path, mut item)| {
            for (_, operation) in iter_operations_mut(&mut item) {
                add_guard(operation, tree.tree());
            }
            // aide adds only an operation, whose item is then replaced.
            router.api_route_docs_with(&path, ApiMethodDocs::new("get", Operation::default()), |mut added| {
                *added.inner_mut() = item;
                added
            })
        })
    }
}

/// The router, and the items of its document. aide returns them only for a finished document.
fn parts<T: Clone + Send + Sync + 'static>(router: ApiRouter<T>) -> (Router<T>, Vec<(String, PathItem)>) {
    let mut paths = None;
    let router = keeping_schemas(|| {
        router.finish_api_with(&mut OpenApi::default(), |mut api| {
            paths = api.inner_mut().paths.take();
            api
        })
    });
    let Paths { paths, .. } = paths.unwrap_or_default();
    (router, paths.into_iter().filter_map(|(path, item)| Some((path, item.into_item()?))).collect())
}

/// Finishing a document moves the schemas of all routes into it and resets the settings. This keeps both as they are.
fn keeping_schemas<R>(finish: impl FnOnce() -> R) -> R {
    let empty = || SchemaGenerator::new(SchemaSettings::draft07());
    let schemas = in_context(|ctx| mem::replace(&mut ctx.schema, empty()));
    // aide exposes this setting only through the path.
    let extracted = schemas.settings().definitions_path == "#/components/schemas/";
    extract_schemas(false);
    let result = finish();
    extract_schemas(extracted);
    in_context(|ctx| ctx.schema = schemas);
    result
}
