//! What decides about a message: a function with `#[security]` comes in, and a call of it goes out that yields the caller.

use std::{any::TypeId, pin::Pin};

use axum::{http::request::Parts, response::Response};

use crate::{
    dependency::{extract::Dependency, guard::resolve, result::DependencyResult},
    scopes::{grammar::same, own::OwnScopes},
    tree::{
        node::{Kind, Node},
        says::{ASKS, Is, UNSAID},
        secured::Returns,
    },
};

/// The output of an endpoint's function.
pub(super) type Caller<B> = <<B as Returns>::Ret as DependencyResult>::Output;

/// The function of an endpoint: it decides who may use the server at all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decide who may use this endpoint",
    label = "expected a dependency that asks for a credential, and has an output that is `Clone`",
    note = "return `Result<T, AuthError>`, where `T` is `Clone + Send + Sync`, and take a dependency such as `Depends<verified<Api>>`",
    note = "its state is that of the router"
)]
pub trait Admits<S>: Dependency<S> + Returns<Ret: DependencyResult<Output: Clone + Send + Sync>> {}

#[diagnostic::do_not_recommend]
impl<F, S> Admits<S> for F where
    F: Dependency<S> + Returns<Ret: DependencyResult<Output: Clone + Send + Sync>, Says: Known>
{
}

/// A function that decides who may do something at an endpoint whose own function is `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decide who may use a part of this endpoint",
    label = "expected a dependency that asks for a credential, and has the output of the endpoint's function",
    note = "let it depend on the endpoint's function, add its own scopes, and return what that returns",
    note = "its state is the one of the endpoint's function"
)]
pub trait Decides<B: Returns<Ret: DependencyResult>, S>:
    Dependency<S> + Returns<Ret: DependencyResult<Output = Caller<B>>>
{
}

#[diagnostic::do_not_recommend]
impl<F, B, S> Decides<B, S> for F
where
    F: Dependency<S> + Returns<Ret: DependencyResult<Output = Caller<B>>, Says: Known>,
    B: Returns<Ret: DependencyResult>,
{
}

/// An [`Is`] of a function that may ask for a credential. What is not known as a type is checked in a constant.
pub trait Known {}

impl Known for Is<ASKS> {}
impl Known for Is<UNSAID> {}

type Call<S, C> = for<'a> fn(&'a mut Parts, &'a S) -> Pin<Box<dyn Future<Output = Result<C, Response>> + Send + 'a>>;

/// A function that decides, with its tree for the table.
pub(super) struct Decision<S, C> {
    pub(super) tree: &'static Node,
    function: TypeId,
    call: Call<S, C>,
}

impl<S: Send + Sync + 'static, C> Decision<S, C> {
    pub(super) fn of<F: Dependency<S> + Returns<Ret: DependencyResult<Output = C>>>() -> Self {
        Self {
            tree: <F as Returns>::DEPENDENCY_TREE,
            function: TypeId::of::<F>(),
            call: |parts, state| Box::pin(resolve::<F, S>(parts, state)),
        }
    }

    pub(super) async fn caller(&self, parts: &mut Parts, state: &S) -> Result<C, Response> {
        (self.call)(parts, state).await
    }
}

impl<S, C> Decision<S, C> {
    /// Whether one function decides in both.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.function == other.function
    }
}

impl<S, C> Clone for Decision<S, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, C> Copy for Decision<S, C> {}

/// Whether whoever passes `tree` has passed the function `base` as well. What is optional may be passed without it.
pub(super) const fn includes(tree: &Node, base: &Node) -> bool {
    if is_same(tree, base) {
        return true;
    }
    if !matches!(tree.kind, Kind::Function | Kind::Group) {
        return false;
    }
    let mut children = tree.children;
    while let [child, rest @ ..] = children {
        if includes(child.node, base) {
            return true;
        }
        children = rest;
    }
    false
}

/// Whether both are trees of one function, as far as a tree tells: constants have no addresses to be compared.
const fn is_same(a: &Node, b: &Node) -> bool {
    if !same(a.name, b.name) || !is_same_list(a.own, b.own) || a.children.len() != b.children.len() {
        return false;
    }
    let mut i = 0;
    while i < a.children.len() {
        if !is_same(a.children[i].node, b.children[i].node) {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_same_list(a: OwnScopes, b: OwnScopes) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if !same(a.name(i, 0), b.name(i, 0)) {
            return false;
        }
        i += 1;
    }
    a.len() == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scheme::SchemeInfo,
        tree::node::{Child, function, group},
    };

    static API: SchemeInfo = SchemeInfo::new("Api").with_scopes(&[("read", "Read.")]);
    static TOKEN: Node = Node::scheme(&API);
    static BASE: Node = function("caller", &["read"], &[Child::part(&TOKEN)]);

    #[test]
    fn a_tool_includes_the_endpoint_if_it_depends_on_its_function() {
        static THROUGH: Node = function("writer", &["write"], &[Child::part(&TOKEN), Child::part(&BASE)]);
        static DEEP: Node = function("editor", &[], &[Child::part(&group(&[Child::part(&THROUGH)]))]);
        for tree in [&BASE, &THROUGH, &DEEP] {
            assert!(includes(tree, &BASE), "{tree:?}");
        }
        static OTHER_NAME: Node = function("reader", &["read"], &[Child::part(&TOKEN)]);
        static OTHER_SCOPES: Node = function("caller", &[], &[Child::part(&TOKEN)]);
        static OTHER_SCOPE: Node = function("caller", &["write"], &[Child::part(&TOKEN)]);
        static OTHER_PARAMETERS: Node = function("caller", &["read"], &[]);
        static OPTIONAL: Node = function("maybe", &[], &[Child::part(&Node::optional(&[Child::part(&BASE)]))]);
        for tree in [&TOKEN, &OTHER_NAME, &OTHER_SCOPES, &OTHER_SCOPE, &OTHER_PARAMETERS, &OPTIONAL] {
            assert!(!includes(tree, &BASE), "{tree:?}");
        }
    }
}
