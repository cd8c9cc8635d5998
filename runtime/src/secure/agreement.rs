//! What the compiler decides at a route, and what tables and documents list, are two walks over one tree. They agree on all trees.

use crate::{
    at_random::{Random, leak, seeds},
    openapi::requirement::requirement,
    scheme::SchemeInfo,
    tree::{
        node::{Child, Kind, Node, function, group},
        says::{ASKS, NOTHING, says},
    },
};

static API: SchemeInfo = SchemeInfo::new("Api").with_scopes(&[("items", "Read items.")]);
static KEY: SchemeInfo = SchemeInfo::new("Key");

fn children(numbers: &mut Random, depth: usize, most: usize) -> &'static [Child] {
    let list: Vec<_> = (0..numbers.below(most))
        .map(|_| {
            let scopes: &[&str] = if numbers.below(5) == 0 { &["items"] } else { &[] };
            Child::new(scopes, node(numbers, depth))
        })
        .collect();
    list.leak()
}

fn node(numbers: &mut Random, depth: usize) -> &'static Node {
    match numbers.below(if depth == 0 { 4 } else { 8 }) {
        0 => leak(Node::scheme(&API)),
        1 => leak(Node::scheme(&KEY)),
        2 => leak(Node::leaf(Kind::SecurityScopes)),
        3 => leak(Node::leaf(Kind::Other)),
        4 => leak(group(children(numbers, depth - 1, 3))),
        5 => leak(Node::optional(leak([Child::new(&[], node(numbers, depth - 1))]))),
        _ => handler(numbers, depth - 1),
    }
}

fn handler(numbers: &mut Random, depth: usize) -> &'static Node {
    let own: &[&str] = if numbers.below(3) == 0 { &["items"] } else { &[] };
    let node = function("f", own, children(numbers, depth, 4));
    leak(if numbers.below(4) == 0 { node.credential_required() } else { node })
}

#[test]
fn a_handler_asks_if_and_only_if_no_request_without_a_credential_is_let_in() {
    let seeds = seeds(4_000);
    let rounds = (seeds.end - seeds.start) / 4_000;
    let mut seen = [0, 0];
    for seed in seeds {
        let tree = handler(&mut Random(seed), 3);
        let alternatives = requirement(tree).needs.together(false);
        let asks = !alternatives.0.iter().any(Vec::is_empty);
        assert_eq!(says(tree), if asks { ASKS } else { NOTHING }, "{tree:#?}\n{alternatives:#?}");
        seen[usize::from(asks)] += 1;
    }
    assert!(seen.iter().all(|seen| *seen > 400 * rounds), "{seen:?}");
}
