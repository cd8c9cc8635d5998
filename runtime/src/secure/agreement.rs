//! What the compiler decides at a route, and what tables and documents list, are two walks over one tree. They agree on all trees.

use crate::{
    openapi::requirement::requirement,
    scheme::SchemeInfo,
    tree::{
        node::{Child, Kind, Node, function, group},
        says::{ASKS, NOTHING, says},
    },
};

static API: SchemeInfo = SchemeInfo::new("Api").with_scopes(&[("items", "Read items.")]);
static KEY: SchemeInfo = SchemeInfo::new("Key");

/// Numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn children(numbers: &mut Numbers, depth: u64, most: u64) -> &'static [Child] {
    let list: Vec<_> = (0..numbers.below(most))
        .map(|_| {
            let scopes: &[&str] = if numbers.below(5) == 0 { &["items"] } else { &[] };
            Child::new(scopes, node(numbers, depth))
        })
        .collect();
    list.leak()
}

fn node(numbers: &mut Numbers, depth: u64) -> &'static Node {
    match numbers.below(if depth == 0 { 4 } else { 8 }) {
        0 => leaked(Node::scheme(&API)),
        1 => leaked(Node::scheme(&KEY)),
        2 => leaked(Node::leaf(Kind::SecurityScopes)),
        3 => leaked(Node::leaf(Kind::Other)),
        4 => leaked(group(children(numbers, depth - 1, 3))),
        5 => leaked(Node::optional(leaked([Child::new(&[], node(numbers, depth - 1))]))),
        _ => handler(numbers, depth - 1),
    }
}

fn handler(numbers: &mut Numbers, depth: u64) -> &'static Node {
    let own: &[&str] = if numbers.below(3) == 0 { &["items"] } else { &[] };
    let node = function("f", own, children(numbers, depth, 4));
    leaked(if numbers.below(4) == 0 { node.credential_required() } else { node })
}

#[test]
fn a_handler_asks_if_and_only_if_no_request_without_a_credential_is_let_in() {
    let mut numbers = Numbers(7);
    let mut seen = [0, 0];
    for _ in 0..4_000 {
        let tree = handler(&mut numbers, 3);
        let alternatives = requirement(tree).needs.together(false);
        let asks = !alternatives.0.iter().any(Vec::is_empty);
        assert_eq!(says(tree), if asks { ASKS } else { NOTHING }, "{tree:#?}\n{alternatives:#?}");
        seen[usize::from(asks)] += 1;
    }
    assert!(seen.iter().all(|seen| *seen > 400), "{seen:?}");
}
