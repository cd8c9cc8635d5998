//! Merging against a model: the functions that the compiler runs merge random dependency trees, and FastAPI's rule says what
//! they should find.

use std::collections::BTreeSet;

use super::{
    gathered::Gathered,
    limits::{MOST_BYTES, MOST_SCOPES},
    merged::{Merged, Size},
    own::{OwnScopes, Written},
    required::Required,
    text::{quoted, scope_str},
};
use crate::{
    at_random::{Random, leak, seeds},
    scheme::info::SchemeInfo,
    tree::{
        node::{self, Child, Kind, Node},
        shown::Tree,
    },
};

const TREES: u64 = 400;

/// FastAPI's rule: a parent's names before a function's own, in the order of their first occurrence, without repeats.
fn reference(path: &[Written]) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for scope in path.iter().copied().flatten() {
        if !seen.contains(scope) {
            seen.push(*scope);
        }
    }
    seen
}

/// What a path requires if each of its clauses is one scope.
fn plain(names: Written) -> Required {
    Required::new(&[], names, "")
}

/// The scopes of a list. Each of its clauses is one scope.
fn names(own: OwnScopes) -> Written {
    (0..own.len()).map(|i| own.clause(i).names()[0]).collect::<Vec<_>>().leak()
}

fn listed<const N: usize>(merged: &Merged<N>) -> Option<Vec<&'static str>> {
    Some(merged.list()?.iter().map(|clause| clause.names()[0]).collect())
}

/// The material for the trees of one seed. Of 400 seeds, the first make the smallest trees.
struct Forest {
    random: Random,
    names: Vec<&'static str>,
    most_scopes: usize,
    most_children: usize,
    /// Functions that may still be made.
    room: usize,
}

impl Forest {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let largest = 2 + (seed % TREES) as usize * 40 / TREES as usize;
        let many = seed.is_multiple_of(8);
        let names = 1 + random.below(if many { 100 } else { 8 });
        let length = if seed.is_multiple_of(16) { 70 } else { 1 + random.below(4) };
        let name = |i: usize| &*format!("s{i:0length$}").leak();
        Self {
            names: (0..names).map(name).collect(),
            most_scopes: 1 + random.below(if many { 20 } else { 6 }),
            most_children: 1 + random.below(4),
            room: 1 + random.below(if many { 40 } else { largest }),
            random,
        }
    }

    /// Names in random order. A list holds each name once, because the compiler refuses others.
    fn scopes(&mut self) -> Written {
        let mut list = BTreeSet::new();
        let mut ordered = Vec::new();
        for _ in 0..self.random.below(self.most_scopes + 1) {
            let name = self.names[self.random.below(self.names.len())];
            if list.insert(name) {
                ordered.push(name);
            }
        }
        ordered.leak()
    }

    fn function(&mut self) -> &'static Node {
        self.room -= 1;
        let own = self.scopes();
        let mut children = Vec::new();
        for _ in 0..self.random.below(self.most_children + 1) {
            children.push(self.child());
        }
        leak(node::function("f", own, children.leak()))
    }

    fn child(&mut self) -> Child {
        if self.room > 0 && self.random.below(4) > 0 {
            return Child::new(self.scopes(), self.function());
        }
        let node = match self.random.below(8) {
            0 => node::group(vec![self.leaf(), self.leaf()].leak()),
            _ => return self.leaf(),
        };
        Child::new(&[], leak(node))
    }

    fn leaf(&mut self) -> Child {
        let leaves = [Kind::SecurityScopes, Kind::RequiredScopes, Kind::Body, Kind::Verifier, Kind::Other, Kind::Open];
        let node = match leaves.get(self.random.below(leaves.len() + 1)) {
            Some(kind) => Node::leaf(*kind),
            None => Node::scheme(const { &SchemeInfo::new("Scheme") }),
        };
        Child::new(&[], leak(node))
    }
}

/// Merges as the types of paths do: the scopes further out, then those that one function or one parameter adds. `None` if that is
/// a compile error.
fn merge(outer: Written, inner: OwnScopes, expected: &[&'static str]) -> Option<Written> {
    fn check<const N: usize>(outer: Written, inner: OwnScopes, expected: &[&'static str]) {
        let fitting = (expected.len() <= N).then(|| expected.to_vec());
        let merged = Merged::<N>::new(plain(outer), inner);
        assert_eq!(listed(&merged), fitting, "{outer:?} and {inner:?} in {N}");
        let merged = Merged::<N>::EMPTY.and(OwnScopes::new(outer)).and(inner);
        assert_eq!(listed(&merged), fitting, "{outer:?} and {inner:?} in {N}");
    }
    check::<4>(outer, inner, expected);
    check::<16>(outer, inner, expected);
    check::<MOST_SCOPES>(outer, inner, expected);
    let gathered = Gathered::from(plain(outer)).and(inner);
    assert_eq!(gathered.ways(), [expected], "{outer:?} and {inner:?}");
    assert_eq!(gathered.to_string(), expected.join(" "));
    let merged = Merged::<MOST_SCOPES>::new(plain(outer), inner);
    if merged.too_much().is_some() {
        assert!(Size::ZERO.and(OwnScopes::new(outer)).and(inner).may_be_too_much(), "{outer:?} and {inner:?}");
    }
    listed(&merged).map(|list| &*list.leak())
}

/// Checks the challenge that names `scopes` in each size, and the scopes that are cut from it.
fn check_challenge(scopes: Written) {
    fn check<const N: usize>(scopes: Written, expected: &str) {
        let text = quoted::<N>(scopes);
        assert_eq!(text.str(), (expected.len() <= N).then_some(expected), "{scopes:?} in {N}");
    }
    let joined = scopes.join(" ");
    let expected = &*format!("Bearer scope=\"{joined}\"").leak();
    check::<64>(scopes, expected);
    check::<256>(scopes, expected);
    check::<MOST_BYTES>(scopes, expected);
    assert_eq!(scope_str(expected), joined);
}

/// Checks that all names together cover a list, and that each is needed.
fn check_coverage(scopes: Written) {
    let required = plain(scopes);
    assert!(required.is_covered_by(scopes), "{scopes:?}");
    for missing in scopes {
        let granted: Vec<_> = scopes.iter().filter(|name| *name != missing).collect();
        assert!(!required.is_covered_by(&granted), "{scopes:?} without {missing}");
    }
}

/// The findings of a walk over the tree, for each function.
#[derive(Default)]
struct Walk {
    merged: Vec<Written>,
    too_many: usize,
    printed: String,
}

impl Walk {
    /// `path` has all lists from the root to this function. `outer` is the merged list.
    fn function(&mut self, node: &'static Node, path: &mut Vec<Written>, outer: Written, indent: &str) {
        path.push(names(node.own));
        let expected = reference(path);
        self.printed += &format!("{} [{}]\n", node.name, expected.join(" "));
        match merge(outer, node.own, &expected) {
            Some(here) => {
                check_challenge(here);
                check_coverage(here);
                self.merged.push(here);
                self.children(node, path, here, indent);
            }
            None => self.too_many += 1,
        }
        path.pop();
    }

    fn children(&mut self, node: &'static Node, path: &mut Vec<Written>, here: Written, indent: &str) {
        let last = node.children.iter().rposition(is_shown);
        for (i, child) in node.children.iter().enumerate().filter(|(_, child)| is_shown(child)) {
            let (turn, rest) = if Some(i) == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let rest = format!("{indent}{rest}");
            self.printed += &format!("{indent}{turn}");
            match child.node.kind {
                Kind::Function => {
                    path.push(names(child.scopes));
                    match merge(here, child.scopes, &reference(path)) {
                        Some(edge) => self.function(child.node, path, edge, &rest),
                        None => self.too_many += 1,
                    }
                    path.pop();
                }
                Kind::Group => {
                    self.printed += "(…)\n";
                    self.children(child.node, path, here, &rest);
                }
                Kind::SecurityScopes => self.printed += "SecurityScopes\n",
                Kind::RequiredScopes => self.printed += "RequiredScopes\n",
                _ => self.printed += "Scheme\n",
            }
        }
    }
}

fn is_shown(child: &Child) -> bool {
    match child.node.kind {
        Kind::Body | Kind::Verifier | Kind::Other | Kind::Open => false,
        Kind::Group => child.node.children.iter().any(is_shown),
        _ => true,
    }
}

#[test]
fn merging_follows_fastapis_rule() {
    let mut total = Walk::default();
    let seeds = seeds(TREES);
    let rounds = (seeds.end - seeds.start) as usize / TREES as usize;
    for seed in seeds {
        let tree = Forest::new(seed).function();
        let mut walk = Walk::default();
        walk.function(tree, &mut Vec::new(), &[], "");
        if walk.too_many == 0 {
            assert_eq!(Tree(tree).to_string(), walk.printed, "seed {seed}");
        }
        for pair in walk.merged.windows(2) {
            let sets = [pair[0], pair[1]].map(|list| list.iter().collect::<BTreeSet<_>>());
            let [one, other] = [pair[0], pair[1]].map(plain);
            assert_eq!(one.same(other), sets[0] == sets[1], "{pair:?}");
        }
        total.merged.extend(walk.merged);
        total.too_many += walk.too_many;
    }
    // Some trees are deep, and some go past every limit.
    let longer_than = |len: usize| total.merged.iter().filter(|list| list.len() > len).count();
    let too_long = total.merged.iter().filter(|list| list.join(" ").len() > MOST_BYTES).count();
    let seen = [total.merged.len(), longer_than(4), longer_than(16), total.too_many, too_long];
    let enough = [1_500 * rounds, 300 * rounds, 15 * rounds, rounds.div_ceil(4), rounds.div_ceil(4)];
    assert!(seen.iter().zip(enough).all(|(seen, enough)| *seen >= enough), "{seen:?}");
}
