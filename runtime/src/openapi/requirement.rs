//! From a dependency tree to the schemes that it asks for, each with its scopes.

use crate::{
    dependency::node::{Kind, Node},
    scheme::SchemeInfo,
    scopes::merge::merged,
};

/// One scheme that a tree asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Requirement {
    pub(crate) scheme: &'static SchemeInfo,
    /// What is compared with what its credential grants, in the order of the tree.
    pub(crate) scopes: Vec<&'static str>,
    /// Whether the function that takes the credential also runs without: `Option` and `Result`.
    pub(crate) optional: bool,
    /// Whether its tokens are verified with keys that may not be at hand.
    pub(crate) unavailable: bool,
}

/// The schemes of a tree in the order in which they are asked, each once.
pub(crate) fn requirements(tree: &'static Node) -> Vec<Requirement> {
    requirements_below(tree, &[])
}

/// The same for a tree that stands below functions which require `outer`.
pub(crate) fn requirements_below(tree: &'static Node, outer: &[&'static str]) -> Vec<Requirement> {
    let mut found = Vec::new();
    visit(tree, &Place { required: outer.to_vec(), enforced: false, optional: false, unavailable: false }, &mut found);
    found
}

/// Where in a tree a node stands.
struct Place {
    required: Vec<&'static str>,
    /// Whether a function above compares the required scopes with what a credential below grants.
    enforced: bool,
    optional: bool,
    /// Whether such a function takes the keys as well.
    unavailable: bool,
}

fn visit(node: &'static Node, place: &Place, found: &mut Vec<Requirement>) {
    if let Kind::Scheme(scheme) = node.kind {
        let scopes = if place.enforced { place.required.clone() } else { Vec::new() };
        let Place { optional, unavailable, .. } = *place;
        add(found, Requirement { scheme, scopes, optional, unavailable });
    }
    let required = merged(&place.required, node.own);
    for child in node.children {
        let place = Place {
            required: merged(&required, child.scopes),
            enforced: place.enforced || node.takes_scopes(),
            optional: place.optional || matches!(node.kind, Kind::Optional),
            unavailable: place.unavailable || (node.takes_scopes() && node.takes_keys()),
        };
        visit(child.node, &place, found);
    }
}

/// Adds to the requirement of the same scheme, if there is one.
fn add(found: &mut Vec<Requirement>, new: Requirement) {
    match found.iter_mut().find(|known| known.scheme == new.scheme) {
        Some(known) => {
            known.scopes = merged(&known.scopes, &new.scopes);
            known.optional &= new.optional;
            known.unavailable |= new.unavailable;
        }
        None => found.push(new),
    }
}
