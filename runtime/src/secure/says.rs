//! What may be mounted: functions whose attribute says who may call them, and anything else with a reason.

use std::marker::PhantomData;

use axum::{extract::Request, handler::Handler};

use crate::{
    dependency::marked::Attributed,
    secure::row::{Row, Says, Statement},
    tree::{
        node::{Kind, Node},
        says::{ASKS, Is, NOTHING, PUBLIC, UNSAID, says},
        secured::Secured,
    },
};

/// Only this crate has one, so nobody else says who may call something.
#[derive(Debug)]
pub struct Token(());

impl Token {
    pub(super) const NEW: Self = Self(());
}

/// A handler that says who may call it: a function with `#[security]` that asks for a credential or has `public`, or anything else in
/// [`public`] or [`elsewhere`].
#[diagnostic::on_unimplemented(
    message = "this handler does not say who may call it",
    label = "nothing here asks for a credential, or says why not",
    note = "add `#[security]` with a dependency that asks for a credential, such as `Depends<verified<Api>>`",
    note = "or say why everybody may call it: `#[security(public = \"why\")]`",
    note = "for a closure or a handler of another crate, write `secure::public(\"why\", handler)` or `secure::elsewhere(\"who decides\", handler)`"
)]
pub trait SaysWho<Args> {
    #[doc(hidden)]
    fn statement(&self, _: Token) -> Statement;
}

/// An [`Is`] of a function that may be mounted. What depends on type parameters is decided later.
pub trait Said {}

impl Said for Is<ASKS> {}
impl Said for Is<PUBLIC> {}
impl Said for Is<UNSAID> {}

#[diagnostic::do_not_recommend]
impl<H, Args> SaysWho<Args> for H
where
    H: Attributed<Args>,
    <H::Function as Secured>::Says: Said,
{
    fn statement(&self, _: Token) -> Statement {
        const { is_said(H::Function::DEPENDENCY_TREE) }
        Statement(Says::Handler(H::Function::DEPENDENCY_TREE))
    }
}

/// The same check for functions whose type parameters decide.
const fn is_said(tree: &Node) {
    assert!(!matches!(tree.kind, Kind::Open), "the attribute of this handler has a mistake");
    let says = says(tree);
    assert!(
        says != NOTHING && says != UNSAID,
        "this handler does not say who may call it; take a dependency that asks for a credential, or add `public = \"why\"`"
    );
    assert!(
        says != ASKS || tree.public.is_none(),
        "this handler is public, and with these type arguments it asks for a credential; remove `public`"
    );
}

/// The parameter of [`SaysWho`] for [`WithReason`].
#[derive(Debug)]
pub struct ByReason(());

/// A handler, routes or a service, and who may call them. [`public`] and [`elsewhere`] make it.
#[derive(Clone, Debug)]
#[must_use = "it has no effect until it is mounted"]
pub struct WithReason<R> {
    pub(super) inner: R,
    says: Says,
}

impl<R> WithReason<R> {
    /// A row with what is said here.
    pub(super) fn row(&self) -> Row {
        Row::new("*", self.says)
    }
}

impl<H> SaysWho<ByReason> for WithReason<H> {
    fn statement(&self, _: Token) -> Statement {
        Statement(self.says)
    }
}

/// The parameter of [`SaysWho`] for a function with `#[security]` in a [`WithReason`].
#[derive(Debug)]
pub struct RemoveTheReasonFromThisFunctionWithSecurity<Args>(PhantomData<Args>);

/// Beside the impl above, this makes such a handler ambiguous, so that it does not compile: what the reason says might not be what the
/// function does.
#[diagnostic::do_not_recommend]
impl<H: Attributed<Args>, Args> SaysWho<RemoveTheReasonFromThisFunctionWithSecurity<Args>> for WithReason<H> {
    fn statement(&self, _: Token) -> Statement {
        Statement(self.says)
    }
}

// Axum's messages about handlers would mention it.
#[diagnostic::do_not_recommend]
impl<H: Handler<T, S>, T, S> Handler<T, S> for WithReason<H> {
    type Future = H::Future;

    fn call(self, request: Request, state: S) -> Self::Future {
        self.inner.call(request, state)
    }
}

/// States that everybody may call a handler, routes or a service, and why. It is for what has no `#[security]`: closures, handlers
/// of other crates, files. A function of your own says it itself: `#[security(public = "why")]`. A function with `#[security]` takes no
/// reason from here, because it might do something else: rustc then says "type annotations needed" (E0283), and names the remedy.
///
/// # Panics
///
/// If the reason is empty.
///
/// ```
/// use axum_scopes::secure::{Router, get, public};
///
/// let router: Router = Router::new().route("/", get(public("the front page is for guests", async || "welcome")));
/// assert_eq!(router.table().to_string(), "GET  /  public (the front page is for guests)\n");
/// ```
#[track_caller]
pub fn public<R>(why: &'static str, open: R) -> WithReason<R> {
    assert!(!why.trim().is_empty(), "an empty text is no reason; say why everybody may call this");
    WithReason { inner: open, says: Says::Public(why) }
}

/// States that something else decides who may call a handler, routes or a service, and what it is: a mesh, a gateway, a
/// middleware, a handler that checks signatures of its own.
///
/// # Panics
///
/// If the text is empty.
///
/// ```
/// use axum_scopes::secure::{Router, elsewhere, get};
///
/// let metrics = get(elsewhere("the mesh lets only Prometheus in", async || "up 1"));
/// let router: Router = Router::new().route("/metrics", metrics);
/// assert_eq!(router.table().to_string(), "GET  /metrics  elsewhere (the mesh lets only Prometheus in)\n");
/// ```
#[track_caller]
pub fn elsewhere<R>(who: &'static str, other: R) -> WithReason<R> {
    assert!(!who.trim().is_empty(), "an empty text names nobody; say who decides who may call this");
    WithReason { inner: other, says: Says::Elsewhere(who) }
}
