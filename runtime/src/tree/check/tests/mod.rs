//! The rules of the checks, at run time: a tree comes in, and the mistake that is told goes out. `tests/ui` shows where each is told.

mod enforced;
mod limits;
mod optional_dependencies;
mod parameters;
mod written;

use std::panic;

use super::*;
use crate::{
    at_random::leak,
    scheme::{SchemeInfo, SchemeKind},
    scopes::{
        implied::Implies,
        own::{Written, WrittenClauses},
    },
    tree::node::{Child, UNKNOWN, function, group, optional},
};

type Tree = &'static Node;

pub(super) const SECURITY_SCOPES: Tree = &Node::leaf(Kind::SecurityScopes);
const OTHER: Tree = &Node::OTHER;
const BODY: Tree = &Node::leaf(Kind::Body);

fn scheme(name: &'static str, scopes: &[&'static str]) -> Tree {
    including(name, scopes, &[])
}

fn including(name: &'static str, scopes: &[&'static str], implies: Implies) -> Tree {
    let scopes: Vec<_> = scopes.iter().map(|scope| (*scope, "")).collect();
    leak(Node::scheme(leak(SchemeInfo::new(name).with_scopes(scopes.leak()).with_implied(implies))))
}

/// A scheme whose credential is in this place.
fn placed_at(name: &'static str, kind: SchemeKind) -> Tree {
    leak(Node::scheme(leak(SchemeInfo::new(name).with_kind(kind))))
}

fn api() -> Tree {
    scheme("Api", &["items", "me"])
}

fn parameters(nodes: &[Tree]) -> &'static [Child] {
    nodes.iter().map(|node| Child::new(&[], node)).collect::<Vec<_>>().leak()
}

fn takes(name: &'static str, nodes: &[Tree]) -> Tree {
    leak(function(name, &[], parameters(nodes)))
}

/// A function that compares scopes.
fn enforcer(name: &'static str, nodes: &[Tree]) -> Tree {
    takes(name, &[&[SECURITY_SCOPES], nodes].concat())
}

fn requires(own: Written, nodes: &[Tree]) -> Tree {
    leak(function("f", own, parameters(nodes)))
}

fn option(node: Tree) -> Tree {
    leak(optional(vec![Child::part(node)].leak()))
}

/// A function of whose optional credentials one has to be there.
fn one_of(nodes: &[Tree]) -> Tree {
    leak(function("f", &[], parameters(nodes)).credential_required())
}

/// What the check tells.
fn told(check: impl FnOnce() + panic::UnwindSafe) -> String {
    match panic::catch_unwind(check) {
        Ok(()) => String::new(),
        Err(message) => match message.downcast::<String>() {
            Ok(message) => *message,
            Err(message) => {
                message.downcast_ref::<&str>().map_or_else(|| "no text".to_owned(), |text| (*text).to_owned())
            }
        },
    }
}

/// Asserts that a message has this text, or that there is none if the text is empty.
#[track_caller]
fn tells(text: &str, check: impl FnOnce() + panic::UnwindSafe) {
    let told = told(check);
    assert!(told.contains(text) && told.is_empty() == text.is_empty(), "expected {text:?}, told {told:?}");
}

/// What is told of the first scope of a function that requires this scope of these parameters.
#[track_caller]
fn required(scope: &'static str, nodes: &[Tree], text: &str) {
    let node = requires(vec![scope].leak(), nodes);
    tells(text, move || own_scope(node, 0, 0));
    tells(text, move || own_scopes(node));
    // The same holds for a parameter that requires it.
    let [only] = nodes else { return };
    let node = leak(function("f", &[], vec![Child::new(vec![scope].leak(), only)].leak()));
    if text.contains("nothing that") {
        return;
    }
    tells(text, move || edge_scope(node, 0, 0, 0));
    tells(text, move || edge_scopes(node, 0));
}
