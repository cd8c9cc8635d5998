//! Routes that say who may call them: those of this room, and axum's own with a reason. They come apart into routes and rows.

use axum::routing;

use crate::secure::{
    path::paths_of,
    row::Row,
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

/// The row for each path below, of a router whose handlers say nothing.
pub(super) fn all_of<S>(router: &axum::Router<S>, row: Row) -> Vec<Row> {
    let paths = paths_of(router);
    let is_listed = paths.as_ref().is_some_and(|paths| !paths.has_fallback);
    let rest = Row { is_listed, ..row.clone().at("/{*rest}") };
    vec![Row { inner: paths.map(|paths| paths.routes), is_listed, ..row }, rest]
}
