//! The limits on what one path may require.

use crate::{
    scopes::merge::{MOST_SCOPES, Merged, Size},
    tree::node::Node,
};

/// Checks that no path from `node` down requires more than its constants can hold.
#[track_caller]
pub(super) const fn scopes_fit(node: &Node) {
    // The upper bound is nearly always low enough, and cheaper to find.
    if upper_bound(node).may_be_too_much() {
        merged_scopes_fit(node, &Merged::EMPTY);
    }
}

/// An upper bound on what any path from `node` down requires.
const fn upper_bound(node: &Node) -> Size {
    let mut most = Size::ZERO;
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Some(dependency) = child.node.dependency() {
            most = most.or(upper_bound(dependency).and(child.scopes));
        }
        i += 1;
    }
    most.and(node.own)
}

#[track_caller]
const fn merged_scopes_fit(node: &Node, above: &Merged<MOST_SCOPES>) {
    let here = above.and(node.own);
    if let Some(message) = here.too_much() {
        panic!("{}", message)
    }
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Some(dependency) = child.node.dependency() {
            merged_scopes_fit(dependency, &here.and(child.scopes));
        }
        i += 1;
    }
}
