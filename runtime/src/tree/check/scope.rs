//! The checks of one scope, where the user wrote it: its name, its clause, and the function that enforces it.

use super::{
    limits::scopes_fit,
    reach::{Reach, reach},
    refuse::refuse,
    undeclared::undeclared,
};
use crate::{
    scheme::mistake::Message,
    scopes::own::{Mistake, OwnScopes},
    tree::node::{Kind, Node},
};

/// Checks alternative `j` of clause `i` of a function. Called at its literal.
///
/// # Panics
///
/// In the compiler, if the scope is no scope name, if its clause is pointless, if no scheme declares it, or if no function enforces
/// it.
#[track_caller]
pub const fn own_scope(node: &Node, i: usize, j: usize) {
    if !matches!(node.kind, Kind::Open) {
        scope(node, node, node.own, i, j);
    }
}

/// Checks alternative `j` of clause `i` of parameter `child` of a function. Called at its literal.
///
/// # Panics
///
/// Like [`own_scope`].
#[track_caller]
pub const fn edge_scope(node: &Node, child: usize, i: usize, j: usize) {
    if !matches!(node.kind, Kind::Open) {
        let child = &node.children[child];
        scope(node, child.node, child.scopes, i, j);
    }
}

/// Checks all scopes of a function. Called at the constant that has them.
///
/// # Panics
///
/// Like [`own_scope`].
#[track_caller]
pub const fn own_scopes(node: &Node) {
    if !matches!(node.kind, Kind::Open) {
        scopes(node, node, node.own);
    }
}

/// Checks all scopes of parameter `child` of a function. Called at the constant that has them.
///
/// # Panics
///
/// Like [`own_scope`].
#[track_caller]
pub const fn edge_scopes(node: &Node, child: usize) {
    if !matches!(node.kind, Kind::Open) {
        let child = &node.children[child];
        scopes(node, child.node, child.scopes);
    }
}

#[track_caller]
const fn scopes(at: &Node, root: &Node, own: OwnScopes) {
    let mut i = 0;
    while i < own.len() {
        scope(at, root, own, i, 0);
        i += 1;
    }
}

#[track_caller]
const fn scope(at: &Node, root: &Node, own: OwnScopes, i: usize, j: usize) {
    let name = own.name(i, j);
    if let Some(mistake) = own.mistake(i, j, root.implies()) {
        refuse(&described(mistake, name, own.clause(i).names().len()))
    }
    scope_is_enforced(at, root, name);
    if own.is_last(i, j) {
        scopes_fit(at);
    }
}

/// The message about a mistake in `name`, in a clause of so many alternatives.
const fn described(mistake: Mistake, name: &str, alternatives: usize) -> Message {
    let message = Message::new();
    match mistake {
        Mistake::Empty => message.put("an empty string is not a scope name; remove it"),
        Mistake::ControlCharacter => {
            message.put("a scope name has a control character in it; use visible ASCII characters")
        }
        Mistake::NoScopeToken => message
            .put("`")
            .put(name)
            .put("` is not a scope name; use visible ASCII characters without space, quote and backslash"),
        Mistake::Template(mistake) => message.put("`").put(name).put("` is a template ").put(mistake),
        Mistake::Repeated => message.put("scope `").put(name).put("` is listed twice; remove one"),
        Mistake::Weaker => {
            message.put("this `any(…)` always holds where another one of the list does; remove one of the two")
        }
        Mistake::Pointless(other) if alternatives > 1 => message
            .put("this `any(…)` always holds, because `")
            .put(other)
            .put("` is required as well; remove one of the two"),
        Mistake::Pointless(other) => message
            .put("scope `")
            .put(other)
            .put("` is required as well, and includes `")
            .put(name)
            .put("`; remove `")
            .put(name)
            .put("`"),
        Mistake::NeedlessAlternative(other) => message
            .put("whoever has `")
            .put(name)
            .put("` has `")
            .put(other)
            .put("`, which is enough here; remove `")
            .put(name)
            .put("`"),
    }
}

/// Checks that a function in the tree of `root` enforces `scope`, and that its scheme declares it.
#[track_caller]
const fn scope_is_enforced(at: &Node, root: &Node, scope: &str) {
    match reach(root, scope) {
        Reach::Enforced | Reach::Open => {}
        Reach::Nothing => refuse(
            &Message::new()
                .put("nothing that `")
                .put(at.name)
                .put("` depends on checks scope `")
                .put(scope)
                .put("`; take `Depends<…>` of a dependency that takes `SecurityScopes` and a security scheme"),
        ),
        Reach::NoScheme(enforcer) => refuse(
            &Message::new()
                .put("`")
                .put(enforcer.name)
                .put("` takes `SecurityScopes`, but no security scheme that declares scope `")
                .put(scope)
                .put("`; take `Bearer<…>` there, implement `Describe` for the extractor of its credential, or take `RequiredScopes`, which only shows the scopes"),
        ),
        Reach::Overlapping(enforcer, other) => refuse(
            &Message::new()
                .put("the security schemes of `")
                .put(enforcer.name)
                .put("` declare `")
                .put(scope)
                .put("` and `")
                .put(other)
                .put("`, which can be the same scope; give one of them another beginning"),
        ),
        Reach::Unchecked(other) => refuse(
            &Message::new()
                .put("`")
                .put(other)
                .put("` lets requests in without a check of scope `")
                .put(scope)
                .put("`; take `SecurityScopes` there, and compare them with what the credential grants"),
        ),
        Reach::Disagreeing(enforcer) => refuse(
            &Message::new()
                .put("the security schemes of `")
                .put(enforcer.name)
                .put("` do not agree on which scopes include others; write the same `IMPLIES` in each, or two functions"),
        ),
        Reach::Undeclared(enforcer) => refuse(&undeclared(enforcer, scope)),
    }
}
