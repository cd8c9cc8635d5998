//! Routes that say who may call them: those of this room, and axum's own with a reason. They come apart into routes and rows.

use std::any::Any;

use axum::routing;

use crate::secure::{
    path::paths_of,
    row::{FALLBACK, Row},
    says::{Token, WithReason},
};

/// Routes of axum's type `R`, each of which says who may call it.
#[diagnostic::on_unimplemented(
    message = "these routes do not say who may call them",
    label = "expected routes of `axum_scopes::secure`",
    note = "take `Router`, `get`, `post` and the others from `axum_scopes::secure` instead of `axum`",
    note = "for routes of another crate, write `secure::public(\"why\", routes)` or `secure::elsewhere(\"who decides\", routes)`",
    note = "or put them behind a guard: `guard.admit(routes)`"
)]
pub trait SaidRoutes<R> {
    #[doc(hidden)]
    fn into_parts(self, _: Token) -> (R, Vec<Row>);
}

impl<S> SaidRoutes<routing::MethodRouter<S>> for WithReason<routing::MethodRouter<S>> {
    fn into_parts(self, _: Token) -> (routing::MethodRouter<S>, Vec<Row>) {
        let row = self.row();
        (self.inner, vec![row])
    }
}

impl<S> SaidRoutes<axum::Router<S>> for WithReason<axum::Router<S>> {
    fn into_parts(self, _: Token) -> (axum::Router<S>, Vec<Row>) {
        let rows = all_of(&self.inner, self.row());
        (self.inner, rows)
    }
}

/// A service, and who may call it.
#[diagnostic::on_unimplemented(
    message = "this service does not say who may call it",
    label = "expected `public(\"why\", service)` or `elsewhere(\"who decides\", service)`",
    note = "`public` and `elsewhere` are in `axum_scopes::secure`",
    note = "to put it behind a guard, make it a router: `guard.admit(axum::Router::new().fallback_service(service))`"
)]
pub trait SaidService {
    /// The service itself.
    type Inner;

    #[doc(hidden)]
    fn into_parts(self, _: Token) -> (Self::Inner, Row);
}

impl<T> SaidService for WithReason<T> {
    type Inner = T;

    fn into_parts(self, _: Token) -> (T, Row) {
        let row = self.row();
        (self.inner, row)
    }
}

/// The rows of a router whose handlers say nothing: one for each path and one for each fallback, or for all paths if they are not
/// known. A row for all of them is not true if they are: other routes answer the paths that this router does not know.
pub(super) fn all_of<S>(router: &axum::Router<S>, row: Row) -> Vec<Row> {
    let Some(paths) = paths_of(router) else { return below(row, None) };
    let Some(fallbacks) = paths.prefixes_of_fallbacks() else { return below(row, Some(paths.routes)) };
    let routes = paths.routes.iter().map(|path| row.clone().at(path));
    let fallbacks = fallbacks.into_iter().map(|prefix| row.clone().rest(FALLBACK).nested(prefix));
    routes.chain(fallbacks).collect()
}

/// The rows of a service that is nested: it answers all paths below. Those of a router of axum are compared with the path above.
pub(super) fn service(service: &dyn Any, row: Row) -> Vec<Row> {
    match service.downcast_ref::<axum::Router>() {
        Some(router) => below(row, paths_of(router).map(|paths| paths.routes)),
        None => below(row, Some(Vec::new())),
    }
}

/// The rows for all paths, of which these are known.
fn below(row: Row, inner: Option<Vec<String>>) -> Vec<Row> {
    let rest = row.clone().at("/{*rest}");
    vec![Row { inner, ..row }, rest]
}
