//! Guards around routes: each row has the requirement of the guard in front.

use axum::routing;

use crate::{
    dependency::{
        function::Function,
        guard::{Guard, Passable},
        protect::{Behind, Gate, Routes, sealed::Sealed},
    },
    secure::{
        methods::MethodRouter,
        router::Router,
        routes::all_of,
        row::{Row, Says},
    },
    tree::{
        node::Node,
        says::{ASKS, Is},
        secured::Secured,
    },
};

impl<S> Sealed for Router<S> {}
impl<S> Sealed for MethodRouter<S> {}

impl<S: Clone + Send + Sync + 'static> Routes for Router<S> {
    fn behind<L: Gate>(self, gate: L, guard: Behind) -> Self {
        Self { routes: self.routes.behind(gate, guard), rows: behind(self.rows, guard.tree()) }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes for MethodRouter<S> {
    fn behind<L: Gate>(self, gate: L, guard: Behind) -> Self {
        Self { routes: self.routes.behind(gate, guard), rows: behind(self.rows, guard.tree()) }
    }
}

/// The rows behind one more guard.
pub(super) fn behind(mut rows: Vec<Row>, guard: &'static Node) -> Vec<Row> {
    rows.iter_mut().for_each(|row| row.guards.insert(0, guard));
    rows
}

/// A guard that lets nobody in without a credential.
#[diagnostic::on_unimplemented(
    message = "this guard asks nobody for a credential, so it does not say who may call the routes",
    label = "it lets everybody in",
    note = "give it a dependency that asks for a credential: `guard!(depends(verified<Api>))`",
    note = "or write `secure::public(\"why\", routes)`, and protect that"
)]
pub trait Asks {}

#[diagnostic::do_not_recommend]
impl<F: Secured<Says = Is<ASKS>>> Asks for F {}

/// Routes of axum that a guard can admit: a [`Router`](axum::Router) or a [`MethodRouter`](routing::MethodRouter).
#[diagnostic::on_unimplemented(
    message = "a guard cannot admit `{Self}`",
    label = "expected a `Router` or a `MethodRouter` of axum",
    note = "routes of `axum_scopes::secure` say themselves who may call them; write `protect` instead of `admit`"
)]
pub trait Admitted: Routes {
    /// The same routes as a type of [`secure`](crate::secure).
    type Said;

    #[doc(hidden)]
    fn said(self, guard: Behind) -> Self::Said;
}

impl<S: Clone + Send + Sync + 'static> Admitted for axum::Router<S> {
    type Said = Router<S>;

    fn said(self, guard: Behind) -> Router<S> {
        let rows = behind(all_of(&self, Row::new("*", Says::Guard)), guard.tree());
        Router { routes: self, rows }
    }
}

impl<S: Clone + Send + Sync + 'static> Admitted for routing::MethodRouter<S> {
    type Said = MethodRouter<S>;

    fn said(self, guard: Behind) -> MethodRouter<S> {
        MethodRouter::new(self, behind(vec![Row::new("*", Says::Guard)], guard.tree()))
    }
}

impl<F: Function, S> Guard<F, S> {
    /// Routes of axum, whose handlers do not say who may call them, behind this guard, which does. The guard has to ask for a
    /// credential.
    ///
    /// The parameters of a service in them, such as a router in `nest_service`, are not known here. If one has the name of a
    /// parameter of the path at which the routes are nested, the guard checks that of the path, and the service may read its own.
    /// Give them different names.
    ///
    /// ```
    /// use axum::routing;
    /// use axum_scopes::{Flows, HmacKey, OAuth2Scheme, TokenVerifier, guard, secure::Router, verified};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[("admin", "Everything.")];
    /// }
    ///
    /// // A router of another crate.
    /// let dashboard = axum::Router::new().route("/charts", routing::get(async || "charts"));
    ///
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
    /// let staff = guard!(scopes = ["admin"], depends(verified<Api>)).with_state(verifier);
    /// let router: Router = Router::new().nest("/dashboard", staff.admit(dashboard));
    /// assert_eq!(
    ///     router.table().to_string(),
    ///     "\
    /// *  /dashboard/charts  OAuth2PasswordBearer [admin]
    /// "
    /// );
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn admit<R: Admitted>(&self, routes: R) -> R::Said
    where
        F: Passable<S> + Asks,
        S: Clone + Send + Sync + 'static,
    {
        self.protect(routes).said(Behind::of::<F>())
    }
}
