//! The limits on what one path may require.

use super::refuse::refuse;
use crate::{
    scheme::mistake::Message,
    scopes::{clause::Clause, limits::MOST_SCOPES, merged::Merged, own::OwnScopes},
    tree::node::Node,
};

/// Checks that no path from `node` down requires more than its constants can hold.
#[track_caller]
pub(super) const fn scopes_fit(node: &Node) {
    // The upper bound is nearly always low enough, and known.
    if node.size().may_be_too_much() {
        merged_scopes_fit(node, &Merged::EMPTY);
    }
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

/// The most sets of scopes each of which is enough for one function. A document lists all of them.
const MOST_WAYS: usize = 32;
/// The most different `any(…)` that are counted. Each has at least two alternatives, so with the last there are too many ways.
const MOST_CHOICES: usize = 6;

/// Checks that a document can list all sets of scopes that are enough for a function. `any(…)` in several places counts once.
#[track_caller]
pub(super) const fn ways_fit(node: &Node) {
    if !node.has_alternatives() {
        return;
    }
    let choices = Choices { clauses: [None; MOST_CHOICES], len: 0, ways: 1 }.of_tree(node);
    if choices.ways > MOST_WAYS {
        refuse(
            &Message::new()
                .put("more than 32 sets of scopes are enough for `")
                .put(node.name)
                .put("`, too many to list in a document; require fewer `any(…)`"),
        )
    }
}

/// The different `any(…)` of a tree, and the product of their alternatives.
struct Choices {
    clauses: [Option<Clause>; MOST_CHOICES],
    len: usize,
    ways: usize,
}

impl Choices {
    const fn of_tree(mut self, node: &Node) -> Self {
        self = self.and(node.own);
        let mut i = 0;
        while i < node.children.len() && self.ways <= MOST_WAYS {
            let child = &node.children[i];
            if child.scopes.has_alternatives() || child.node.has_alternatives() {
                self = self.and(child.scopes).of_tree(child.node);
            }
            i += 1;
        }
        self
    }

    const fn and(mut self, own: OwnScopes) -> Self {
        let mut i = 0;
        while i < own.len() && self.ways <= MOST_WAYS {
            let clause = own.clause(i);
            if clause.names().len() > 1 && !self.has(clause) {
                self.ways *= clause.names().len();
                self.clauses[self.len] = Some(clause);
                self.len += 1;
            }
            i += 1;
        }
        self
    }

    const fn has(&self, clause: Clause) -> bool {
        let mut i = 0;
        // With all of them there are too many ways already, so nobody asks.
        while let Some(known) = self.clauses[i] {
            if known.implies(clause) && clause.implies(known) {
                return true;
            }
            i += 1;
        }
        false
    }
}
