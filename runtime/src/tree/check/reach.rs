//! The enforcement of one scope in a tree: the tree and the scope come in, and the worst outcome goes out.

use crate::tree::node::{Kind, Node};

/// How a tree enforces a scope. The worst outcome of its functions counts.
#[derive(Clone, Copy)]
pub(super) enum Reach<'a> {
    /// No function in it takes `SecurityScopes`.
    Nothing,
    /// This function takes `SecurityScopes`, but there is no scheme below it.
    NoScheme(&'a Node),
    /// Every function that takes `SecurityScopes` has a scheme below that declares the scope.
    Enforced,
    /// It depends on a type parameter.
    Open,
    /// This function takes `SecurityScopes`, but no scheme below declares the scope. So it would refuse every request.
    Undeclared(&'a Node),
}

pub(super) const fn reach<'a>(node: &'a Node, scope: &str) -> Reach<'a> {
    let mut worst = match node.kind {
        Kind::Open => Reach::Open,
        Kind::Function if node.takes_scopes() => declared_below(node, scope),
        _ => Reach::Nothing,
    };
    let mut i = 0;
    while i < node.children.len() {
        let below = node.children[i].node;
        if let Kind::Function | Kind::Optional | Kind::Open = below.kind {
            worst = match (worst, reach(below, scope)) {
                (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
                (Reach::Enforced, _) | (_, Reach::Enforced) => Reach::Enforced,
                (Reach::Open, _) | (_, Reach::Open) => Reach::Open,
                (Reach::NoScheme(node), _) | (_, Reach::NoScheme(node)) => Reach::NoScheme(node),
                (Reach::Nothing, Reach::Nothing) => Reach::Nothing,
            };
        }
        i += 1;
    }
    worst
}

const fn declared_below<'a>(enforcer: &'a Node, scope: &str) -> Reach<'a> {
    let seen = schemes(enforcer, scope, Schemes::NONE);
    if seen.declares {
        Reach::Enforced
    } else if seen.open {
        Reach::Open
    } else if seen.any_scopes {
        Reach::Undeclared(enforcer)
    } else if seen.any {
        // Only the service knows what a scheme without scopes grants, such as an API key.
        Reach::Enforced
    } else {
        Reach::NoScheme(enforcer)
    }
}

/// The schemes below an enforcer, for one scope.
#[derive(Clone, Copy)]
struct Schemes {
    any: bool,
    any_scopes: bool,
    declares: bool,
    open: bool,
}

impl Schemes {
    const NONE: Self = Self { any: false, any_scopes: false, declares: false, open: false };
}

const fn schemes(node: &Node, scope: &str, mut seen: Schemes) -> Schemes {
    match &node.kind {
        Kind::Open => seen.open = true,
        Kind::Scheme(info) => {
            seen.any = true;
            seen.any_scopes |= !info.scopes().is_empty();
            seen.declares |= info.declares(scope);
        }
        _ => {}
    }
    let mut i = 0;
    while i < node.children.len() {
        seen = schemes(node.children[i].node, scope, seen);
        i += 1;
    }
    seen
}
