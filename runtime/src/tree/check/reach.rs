//! The enforcement of one scope in a tree: the tree and the scope come in, and the worst outcome goes out.

use crate::tree::node::{Kind, Node};

/// How a tree enforces a scope.
#[derive(Clone, Copy)]
pub(super) enum Reach<'a> {
    /// No function in it takes `SecurityScopes`.
    Nothing,
    /// This function takes `SecurityScopes`, but there is no scheme below it.
    NoScheme(&'a Node),
    /// Every function that takes `SecurityScopes` has a scheme below that declares the scope.
    Enforced,
    /// This function takes one of several credentials, and does not compare what this one grants.
    Unchecked(&'a str),
    /// It depends on a type parameter.
    Open,
    /// This function takes `SecurityScopes`, but no scheme below declares the scope. So it would refuse every request.
    Undeclared(&'a Node),
}

pub(super) const fn reach<'a>(node: &'a Node, scope: &str) -> Reach<'a> {
    let mut all = match node.kind {
        Kind::Open => Reach::Open,
        Kind::Function if node.takes_scopes() => declared_below(node, scope),
        _ => Reach::Nothing,
    };
    let mut i = 0;
    while i < node.children.len() {
        let below = node.children[i].node;
        if let Kind::Function | Kind::Optional | Kind::Open = below.kind
            && !node.chooses(below)
        {
            all = all.and(reach(below, scope));
        }
        i += 1;
    }
    if node.credential_required { all.and(choice(node, scope)) } else { all }
}

/// How the credentials of which a function requires one enforce a scope. Each of them lets a request in.
const fn choice<'a>(node: &'a Node, scope: &str) -> Reach<'a> {
    let mut worst = Reach::Enforced;
    let mut is_checked = false;
    let mut i = 0;
    while i < node.children.len() {
        let below = node.children[i].node;
        if node.chooses(below) {
            let found = match reach(below, scope) {
                Reach::Nothing => Reach::Unchecked(below.dependency_or_scheme()),
                found => {
                    is_checked = true;
                    found
                }
            };
            worst = worst.or(found);
        }
        i += 1;
    }
    // If none of them checks it, something else may.
    if is_checked { worst } else { Reach::Nothing }
}

impl Reach<'_> {
    /// Of two functions that a request has to pass, one is enough. A scope that is not declared is a mistake in any case.
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
            (Reach::Enforced, _) | (_, Reach::Enforced) => Reach::Enforced,
            (Reach::Open, _) | (_, Reach::Open) => Reach::Open,
            (Reach::Unchecked(name), _) | (_, Reach::Unchecked(name)) => Reach::Unchecked(name),
            (Reach::NoScheme(node), _) | (_, Reach::NoScheme(node)) => Reach::NoScheme(node),
            (Reach::Nothing, Reach::Nothing) => Reach::Nothing,
        }
    }

    /// Of two credentials that let a request in, both have to be checked.
    const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
            (Reach::NoScheme(node), _) | (_, Reach::NoScheme(node)) => Reach::NoScheme(node),
            (Reach::Unchecked(name), _) | (_, Reach::Unchecked(name)) => Reach::Unchecked(name),
            (Reach::Nothing, _) | (_, Reach::Nothing) => Reach::Nothing,
            (Reach::Open, _) | (_, Reach::Open) => Reach::Open,
            (Reach::Enforced, Reach::Enforced) => Reach::Enforced,
        }
    }
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
