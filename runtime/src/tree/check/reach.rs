//! The enforcement of one scope in a tree: the tree and the scope come in, and the worst outcome goes out.

use crate::{
    scopes::{grammar::same, implied::Implies, template::is_template},
    tree::node::{Kind, Node},
};

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
    /// The schemes below this function do not agree on which scopes include others.
    Disagreeing(&'a Node),
    /// Another scope that a scheme below this function declares can be the same in some request.
    Overlapping(&'a Node, &'a str),
    /// This function takes `SecurityScopes`, but no scheme below declares the scope. So it would refuse every request.
    Undeclared(&'a Node),
}

pub(super) const fn reach<'a>(node: &'a Node, scope: &str) -> Reach<'a> {
    let mut all = match node.kind {
        Kind::Open => return Reach::Open,
        Kind::Function if node.takes_scopes() => declared_below(node, scope),
        _ => Reach::Nothing,
    };
    let mut children = node.children;
    while let [child, rest @ ..] = children {
        let below = child.node;
        if let Kind::Function | Kind::Optional | Kind::Open = below.kind
            && !(node.credential_required && node.chooses(below))
        {
            all = match all {
                Reach::Nothing => reach(below, scope),
                all => all.and(reach(below, scope)),
            };
        }
        children = rest;
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
    pub(super) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
            (Reach::Overlapping(node, other), _) | (_, Reach::Overlapping(node, other)) => {
                Reach::Overlapping(node, other)
            }
            (Reach::Disagreeing(node), _) | (_, Reach::Disagreeing(node)) => Reach::Disagreeing(node),
            (Reach::Enforced, _) | (_, Reach::Enforced) => Reach::Enforced,
            (Reach::Open, _) | (_, Reach::Open) => Reach::Open,
            (Reach::Unchecked(name), _) | (_, Reach::Unchecked(name)) => Reach::Unchecked(name),
            (Reach::NoScheme(node), _) | (_, Reach::NoScheme(node)) => Reach::NoScheme(node),
            (Reach::Nothing, Reach::Nothing) => Reach::Nothing,
        }
    }

    /// Of two credentials that let a request in, both have to be checked.
    pub(super) const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Reach::Undeclared(node), _) | (_, Reach::Undeclared(node)) => Reach::Undeclared(node),
            (Reach::Overlapping(node, other), _) | (_, Reach::Overlapping(node, other)) => {
                Reach::Overlapping(node, other)
            }
            (Reach::Disagreeing(node), _) | (_, Reach::Disagreeing(node)) => Reach::Disagreeing(node),
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
    if seen.declares && seen.with_scopes > 1 {
        // One scheme was checked by itself.
        together(enforcer, scope)
    } else if seen.declares {
        Reach::Enforced
    } else if seen.open {
        Reach::Open
    } else if seen.with_scopes > 0 || (seen.any && is_template(scope)) {
        // The compiler can compare templates only with scopes that are declared.
        Reach::Undeclared(enforcer)
    } else if seen.any {
        // Only the service knows what a scheme without scopes grants, such as an API key.
        Reach::Enforced
    } else {
        Reach::NoScheme(enforcer)
    }
}

/// Whether the schemes of a function fit together, which compares `scope` with the scopes of all of them.
const fn together<'a>(enforcer: &'a Node, scope: &str) -> Reach<'a> {
    if !agree(enforcer, enforcer.implies(), true) {
        Reach::Disagreeing(enforcer)
    } else if let Some(other) = overlapping(enforcer, scope, true) {
        Reach::Overlapping(enforcer, other)
    } else {
        Reach::Enforced
    }
}

/// Whether all schemes with scopes that a function compares with have the same `IMPLIES`. A set of granted scopes does not say
/// of which scheme it is. Another enforcer below compares by itself.
const fn agree(node: &Node, implies: Implies, outermost: bool) -> bool {
    if let Kind::Scheme(info) = &node.kind {
        return info.scopes().is_empty() || equal(info.implies(), implies);
    }
    if !outermost && node.takes_scopes() {
        return true;
    }
    let mut i = 0;
    while i < node.children.len() {
        if !agree(node.children[i].node, implies, false) {
            return false;
        }
        i += 1;
    }
    true
}

/// Another scope with which a function compares that can be the same as `scope`.
const fn overlapping<'a>(node: &'a Node, scope: &str, outermost: bool) -> Option<&'a str> {
    if let Kind::Scheme(info) = &node.kind {
        return info.overlapping(scope);
    }
    if !outermost && node.takes_scopes() {
        return None;
    }
    let mut i = 0;
    while i < node.children.len() {
        if let Some(other) = overlapping(node.children[i].node, scope, false) {
            return Some(other);
        }
        i += 1;
    }
    None
}

const fn equal(a: Implies, b: Implies) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if !same(a[i].0, b[i].0) || a[i].1.len() != b[i].1.len() {
            return false;
        }
        let mut j = 0;
        while j < a[i].1.len() {
            if !same(a[i].1[j], b[i].1[j]) {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

/// The schemes below an enforcer, for one scope.
#[derive(Clone, Copy)]
struct Schemes {
    any: bool,
    with_scopes: usize,
    declares: bool,
    open: bool,
}

impl Schemes {
    const NONE: Self = Self { any: false, with_scopes: 0, declares: false, open: false };
}

const fn schemes(node: &Node, scope: &str, mut seen: Schemes) -> Schemes {
    match &node.kind {
        Kind::Open => seen.open = true,
        Kind::Scheme(info) => {
            seen.any = true;
            seen.with_scopes += !matches!(info.scopes(), []) as usize;
            seen.declares |= info.declares(scope);
        }
        _ => {}
    }
    let mut children = node.children;
    while let [child, rest @ ..] = children {
        if !matches!(child.node.kind, Kind::SecurityScopes | Kind::Other | Kind::Verifier) {
            seen = schemes(child.node, scope, seen);
        }
        children = rest;
    }
    seen
}
