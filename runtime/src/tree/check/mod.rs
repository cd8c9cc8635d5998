//! The checks that run in the compiler. Expansions call each one at the span of the user's code. A check panics at its caller
//! with one sentence: the mistake, and behind a semicolon the remedy.

mod limits;
mod optional;
mod reach;
mod refuse;
mod scope;
#[cfg(test)]
mod tests;
mod undeclared;

use limits::ways_fit;
use refuse::refuse;
pub use scope::{edge_scope, edge_scopes, own_scope, own_scopes};

use crate::{
    scheme::mistake::Message,
    tree::{
        node::{Kind, Node},
        parts::Part,
        says::{ASKS, says},
    },
};

/// Checks parameter `i` of a function, which is a dependency if it is `placed` on a path. Called at its type.
///
/// # Panics
///
/// In the compiler, if a function cannot have this parameter.
#[track_caller]
pub const fn parameter(node: &Node, i: usize, placed: bool) {
    if let Kind::Open = node.kind {
        return;
    }
    if i + 1 == node.children.len() {
        ways_fit(node);
    }
    let function = node;
    let node = node.children[i].node;
    if placed {
        let Some(node) = node.dependency() else { return };
        if node.takes_body() {
            refuse(
                &Message::new()
                    .put("dependency `")
                    .put(node.name)
                    .put("` reads the request body, which only a handler's last parameter can; read it in the handler"),
            )
        }
        if node.public.is_some() {
            refuse(
                &Message::new()
                    .put("`")
                    .put(node.name)
                    .put("` is public, which says who may call a handler, and means nothing of a dependency; remove `public` there"),
            )
        }
        if node.generic {
            arguments_are_well_formed(node);
        }
        if function.children[i].node.is_optional() {
            optional_dependency(function, i);
        }
        return;
    }
    if node.has(Part::Function) {
        panic!(
            "this type hides a dependency; write `Depends<…>` or `Option<Depends<…>>` itself, and mark an alias of `Depends<…>` with `#[security]`"
        )
    }
    if node.has(Part::SecurityScopes) {
        panic!(
            "this type hides `SecurityScopes`; write `SecurityScopes` itself, or take `RequiredScopes`, which only shows the scopes"
        )
    }
    schemes_are_well_formed(node);
}

/// Checks the constants of each scheme below, where it is used.
#[track_caller]
const fn schemes_are_well_formed(node: &Node) {
    if let Kind::Scheme(info) = node.kind
        && let Some(mistake) = info.mistake()
    {
        refuse(&mistake)
    }
    let mut children = node.children;
    while let [child, rest @ ..] = children {
        schemes_are_well_formed(child.node);
        children = rest;
    }
}

/// Checks parameter `i`, if it is a dependency in an `Option`.
#[track_caller]
const fn optional_dependency(function: &Node, i: usize) {
    if let Some(mistake) = optional::mistake(function, i) {
        refuse(&mistake)
    }
}

/// Checks the arguments of a generic dependency such as `verified`, which has no schemes before it has type arguments, and such as `either`,
/// which has no dependencies before.
#[track_caller]
const fn arguments_are_well_formed(node: &Node) {
    if node.generic {
        let (mut i, len) = (0, node.children.len());
        while i < len {
            if let Some(dependency) = node.children[i].node.dependency() {
                arguments_are_well_formed(dependency);
                optional_dependency(node, i);
            } else {
                schemes_are_well_formed(node.children[i].node);
            }
            i += 1;
        }
    }
}

/// Checks a function that chooses among dependencies. Called where the function is built, for parameters that no attribute sees.
///
/// # Panics
///
/// In the compiler, if it cannot tell the credentials apart, or accepts none.
#[track_caller]
pub(crate) const fn chooses_soundly(node: &Node) {
    let mut i = 0;
    while i < node.children.len() {
        optional_dependency(node, i);
        i += 1;
    }
}

/// Checks that a function with `credential_required` has an optional credential. Called at this word.
///
/// # Panics
///
/// In the compiler, if it has none.
#[track_caller]
pub const fn optional_credential(node: &Node) {
    if !matches!(node.kind, Kind::Open) && !takes_optional_credential(node) {
        refuse(&Message::new().put("no parameter of `").put(node.name).put(
            "` is an `Option` of a credential; take one, as in `Option<Bearer<…>>` or `Option<Depends<…>>`, or remove `credential_required`",
        ))
    }
}

/// Whether the function itself takes an optional credential, alone or in a tuple.
const fn takes_optional_credential(node: &Node) -> bool {
    let mut i = 0;
    while i < node.children.len() {
        let child = node.children[i].node;
        let takes = match child.kind {
            Kind::Optional => child.first_scheme().is_some() || child.has(Part::Open),
            Kind::Group => takes_optional_credential(child),
            Kind::Open => true,
            _ => false,
        };
        if takes {
            return true;
        }
        i += 1;
    }
    false
}

/// Checks that a function with `public` asks nobody for a credential. Called at the reason.
///
/// # Panics
///
/// In the compiler, if it does.
#[track_caller]
pub const fn public(node: &Node) {
    if let ASKS = says(node) {
        refuse(&Message::new().put("`").put(node.name).put(
            "` asks for a credential, so not everybody may call it; remove `public`, or take the credential in an `Option`",
        ))
    }
}

/// Checks that a document can list what a function requires. It is written before type parameters are known. Called at
/// `#[utoipa::path]`.
///
/// # Panics
///
/// In the compiler, if the tree depends on a type parameter.
#[track_caller]
pub const fn documented(sketch: &Node) {
    if sketch.has(Part::Open) {
        refuse(
            &Message::new().put("the document cannot say what `").put(sketch.name).put(
                "` requires, because its type parameters decide that; document a function without type parameters that calls it",
            ),
        )
    }
}

/// Checks that a guard has dependencies.
///
/// # Panics
///
/// In the compiler, if it has none.
#[track_caller]
pub const fn guards_something(node: &Node) {
    if node.children.is_empty() && !matches!(node.kind, Kind::Open) {
        panic!("a guard without dependencies guards nothing; write `guard!(depends(…))`")
    }
}
