//! Routes that say who may call them: those of this room, and axum's own with a reason.

use axum::routing;

use crate::secure::{
    methods::MethodRouter,
    path::paths_of,
    router::Router,
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

impl<S> SaidRoutes<routing::MethodRouter<S>> for MethodRouter<S> {
    fn into_parts(self, _: Token) -> (routing::MethodRouter<S>, Vec<Row>) {
        (self.routes, self.rows)
    }
}

impl<S> SaidRoutes<axum::Router<S>> for Router<S> {
    fn into_parts(self, _: Token) -> (axum::Router<S>, Vec<Row>) {
        (self.routes, self.rows)
    }
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

/// The row for each path below, of a router whose handlers say nothing.
pub(super) fn all_of<S>(router: &axum::Router<S>, row: Row) -> Vec<Row> {
    let rest = row.clone().at("/{*rest}");
    vec![Row { inner: paths_of(router).map(|paths| paths.routes), ..row }, rest]
}
