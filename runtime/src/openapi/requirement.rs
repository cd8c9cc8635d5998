//! Takes a dependency tree, yields the credentials and scopes that it requires of a request.

use super::{alternatives::Alternatives, needs::Needs};
use crate::{
    scheme::SchemeInfo,
    scopes::{gathered::Gathered, own::OwnScopes},
    tree::node::{Kind, Node},
};

/// The requirement of a tree.
#[derive(Debug)]
pub(crate) struct Requirement {
    pub(crate) needs: Needs<&'static SchemeInfo>,
    /// All credentials that are read, also optional ones: each scheme once, in the order of the tree.
    #[cfg_attr(
        not(any(feature = "utoipa", feature = "aide")),
        allow(dead_code, reason = "documents list the refusals")
    )]
    pub(crate) credentials: Vec<Credential>,
}

/// A credential that is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Credential {
    pub(crate) scheme: &'static SchemeInfo,
    /// Whether scopes are required of it.
    pub(crate) scoped: bool,
    /// Whether its verifier may be unavailable.
    pub(crate) unavailable: bool,
}

/// The requirement of `tree`.
pub(crate) fn requirement(tree: &'static Node) -> Requirement {
    requirement_below(tree, Gathered::default())
}

/// The requirement of a tree below functions that require `outer`.
pub(crate) fn requirement_below(tree: &'static Node, outer: Gathered) -> Requirement {
    let mut walk = Walk { credentials: Vec::new(), conditions: Vec::new() };
    let mut needs = Needs::default();
    let place = Place { required: outer, compared: Gathered::default(), unavailable: false };
    walk.parameter(tree, &place, &mut needs);
    needs.on(walk.conditions);
    Requirement { needs, credentials: walk.credentials }
}

/// The place of a parameter in a tree.
struct Place {
    required: Gathered,
    /// The scopes of the nearest function above that takes `SecurityScopes`, and compares them with the granted ones.
    compared: Gathered,
    /// Whether such a function takes a verifier that may be unavailable.
    unavailable: bool,
}

impl Place {
    /// The place of the parameters of `function`, which is in this place.
    fn inside(&self, function: &Node) -> Self {
        let required = self.required.and(function.own);
        let compared = if function.takes_scopes() { required.clone() } else { self.compared.clone() };
        let unavailable = self.unavailable || (function.takes_scopes() && function.takes_verifier());
        Self { required, compared, unavailable }
    }

    /// The same place, for a parameter with scopes of its own.
    fn with(&self, scopes: OwnScopes) -> Self {
        Self { required: self.required.and(scopes), compared: self.compared.clone(), ..*self }
    }
}

struct Walk {
    credentials: Vec<Credential>,
    /// The alternatives of each dependency in an `Option`.
    conditions: Vec<Alternatives<&'static SchemeInfo>>,
}

impl Walk {
    /// The alternatives that let a request into a function or a tuple.
    fn enter(&mut self, node: &'static Node, place: &Place) -> Alternatives<&'static SchemeInfo> {
        let inside = place.inside(node);
        let mut needs = Needs::default();
        self.parameters(node, &inside, &mut needs);
        let alternatives = needs.together(node.credential_required);
        // Without a credential no scope is granted, so the comparison cannot succeed.
        if node.takes_scopes() && !inside.compared.is_empty() { alternatives.with_a_credential() } else { alternatives }
    }

    fn parameters(&mut self, node: &'static Node, inside: &Place, needs: &mut Needs<&'static SchemeInfo>) {
        for child in node.children {
            self.parameter(child.node, &inside.with(child.scopes), needs);
        }
    }

    fn parameter(&mut self, node: &'static Node, place: &Place, needs: &mut Needs<&'static SchemeInfo>) {
        match node.kind {
            Kind::Function => needs.require(self.enter(node, place)),
            Kind::Optional => {
                let alternatives = self.enter(node, place);
                if node.dependency().is_some() {
                    self.conditions.push(alternatives.clone());
                }
                needs.offer(alternatives);
            }
            Kind::Group => self.parameters(node, place, needs),
            Kind::Scheme(scheme) => {
                self.add(scheme, place);
                needs.require(Alternatives::credential(scheme, place.compared.closed(scheme.implies())));
            }
            Kind::SecurityScopes | Kind::RequiredScopes | Kind::Body | Kind::Verifier | Kind::Other | Kind::Open => {}
        }
    }

    fn add(&mut self, scheme: &'static SchemeInfo, place: &Place) {
        let scoped = !place.compared.is_empty();
        match self.credentials.iter_mut().find(|known| known.scheme == scheme) {
            Some(known) => {
                known.scoped |= scoped;
                known.unavailable |= place.unavailable;
            }
            None => self.credentials.push(Credential { scheme, scoped, unavailable: place.unavailable }),
        }
    }
}
