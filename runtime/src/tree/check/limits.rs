//! The limits on what one path may require.

use crate::{
    scopes::{
        ScopeList,
        merge::{MOST_BYTES, MOST_SCOPES, MOST_TEXT, Merged, quoted},
    },
    tree::node::{Kind, Node},
};

/// No path from `node` down requires more than the constants of a path can hold.
#[track_caller]
pub(super) const fn scopes_fit(node: &Node) {
    // Counting is much cheaper for the compiler than merging, and nearly always enough.
    let (names, bytes) = most_below(node);
    if names > MOST_SCOPES || bytes > MOST_BYTES {
        merged_scopes_fit(node, &Merged::EMPTY);
    }
}

/// The most names, and the most bytes with a space after each, that any path from `node` down requires, repeats counted.
const fn most_below(node: &Node) -> (usize, usize) {
    let (mut names, mut bytes) = (0, 0);
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Kind::Function = child.node.kind {
            let below = most_below(child.node);
            names = larger(names, below.0 + child.scopes.len());
            bytes = larger(bytes, below.1 + bytes_of(child.scopes));
        }
        i += 1;
    }
    (names + node.own.len(), bytes + bytes_of(node.own))
}

const fn bytes_of(list: ScopeList) -> usize {
    let mut bytes = 0;
    let mut i = 0;
    while i < list.len() {
        bytes += list[i].len() + 1;
        i += 1;
    }
    bytes
}

const fn larger(a: usize, b: usize) -> usize {
    if a < b { b } else { a }
}

#[track_caller]
const fn merged_scopes_fit(node: &Node, above: &Merged<MOST_SCOPES>) {
    let here = above.and(node.own);
    match here.list() {
        None => panic!("more than 64 scopes are required along one path; require fewer"),
        Some(list) => {
            if quoted::<MOST_TEXT>(list).str().is_none() {
                panic!("the scopes required along one path are longer than 4096 bytes; require fewer or shorter ones")
            }
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        if let Kind::Function = child.node.kind {
            merged_scopes_fit(child.node, &here.and(child.scopes));
        }
        i += 1;
    }
}
