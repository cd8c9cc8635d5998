//! Random trees with optional dependencies and choices: the alternatives of each tree against a plain evaluation of all requests.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use super::{finishing::Schemes, marker::marked, requirement::requirement};
use crate::{
    at_random::{Random, leak, seeds},
    scheme::info::SchemeInfo,
    scopes::own::{OwnScopes, Written},
    tree::node::{Child, Kind, Node, function},
};

const NAMES: [&str; 3] = ["A", "B", "C"];
const SCHEMES: [&Node; 3] =
    [&Node::scheme(&SchemeInfo::new("A")), &Node::scheme(&SchemeInfo::new("B")), &Node::scheme(&SchemeInfo::new("C"))];
const SCOPES: [Written; 4] = [&[], &["x"], &["y"], &["x", "y"]];

/// The credentials of a request, each with the scopes that it grants.
type Presented = BTreeMap<&'static str, BTreeSet<&'static str>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Accepted,
    Absent,
    Refused,
}

/// A generator of trees.
struct Forest(Random);

impl Forest {
    fn scopes(&mut self) -> Written {
        SCOPES[self.0.below(4)]
    }

    /// A function that reads a credential, and compares its scopes.
    fn enforcer(&mut self) -> &'static Node {
        let scheme = SCHEMES[self.0.below(3)];
        let children = vec![Child::new(&[], leak(Node::leaf(Kind::SecurityScopes))), Child::new(&[], scheme)];
        leak(function("enforcer", self.scopes(), children.leak()))
    }

    fn function(&mut self, depth: u64) -> &'static Node {
        if depth == 0 || self.0.below(4) == 0 {
            return self.enforcer();
        }
        let mut children = Vec::new();
        for _ in 0..=self.0.below(3) {
            let dependency = self.function(depth - 1);
            let optional = self.0.below(2) == 0 && dependency.first_scheme().is_some();
            let node = if optional { leak(Node::optional(vec![Child::part(dependency)].leak())) } else { dependency };
            children.push(Child::new(self.scopes(), node));
        }
        let node = function("f", self.scopes(), children.leak());
        // As the compiler's checks have it: each of them requires a credential, and they share no place.
        let offered: Vec<_> = node.children.iter().filter(|child| child.node.is_optional()).collect();
        let all: Vec<_> = offered.iter().flat_map(|child| schemes(child.node)).collect();
        let sound = offered.iter().all(|child| child.node.dependency().unwrap().requires_credential())
            && all.len() == all.iter().collect::<BTreeSet<_>>().len();
        let requires = sound && !offered.is_empty() && self.0.below(2) == 0;
        leak(if requires { node.credential_required() } else { node })
    }
}

fn schemes(node: &Node) -> BTreeSet<&'static str> {
    let here = if let Kind::Scheme(scheme) = node.kind { Some(scheme.name()) } else { None };
    here.into_iter().chain(node.children.iter().flat_map(|child| schemes(child.node))).collect()
}

/// What the runtime does.
fn outcome(node: &Node, outer: &BTreeSet<&'static str>, request: &Presented) -> Outcome {
    let required: BTreeSet<_> = outer.iter().copied().chain(names(node.own)).collect();
    let mut offered = false;
    for child in node.children {
        let required: BTreeSet<_> = required.iter().copied().chain(names(child.scopes)).collect();
        let result = match child.node.kind {
            Kind::Scheme(scheme) => match request.get(scheme.name()) {
                None => Outcome::Absent,
                Some(granted) if required.is_subset(granted) => Outcome::Accepted,
                Some(_) => Outcome::Refused,
            },
            Kind::Function => outcome(child.node, &required, request),
            Kind::Optional => {
                let presented = schemes(child.node).iter().any(|scheme| request.contains_key(scheme));
                match outcome(child.node.dependency().unwrap(), &required, request) {
                    Outcome::Absent if !presented => Outcome::Accepted,
                    Outcome::Accepted => {
                        offered = true;
                        Outcome::Accepted
                    }
                    _ => Outcome::Refused,
                }
            }
            _ => Outcome::Accepted,
        };
        if result != Outcome::Accepted {
            return result;
        }
    }
    if node.credential_required && !offered { Outcome::Absent } else { Outcome::Accepted }
}

/// All requests with some of the credentials, each with any scopes.
fn requests() -> Vec<Presented> {
    let mut all = vec![Presented::new()];
    for name in NAMES {
        let with = all.iter().flat_map(|request| {
            SCOPES.iter().map(move |scopes| {
                let mut request = request.clone();
                request.insert(name, scopes.iter().copied().collect());
                request
            })
        });
        all.extend(with.collect::<Vec<_>>());
    }
    all
}

fn covers(more: &Presented, less: &Presented) -> bool {
    less.iter().all(|(name, scopes)| more.get(name).is_some_and(|granted| scopes.is_subset(granted)))
}

#[test]
fn alternatives_are_the_least_requests_that_are_let_in() {
    let requests = requests();
    let (mut public, mut several) = (0, 0);
    let seeds = seeds(50);
    let rounds = (seeds.end - seeds.start) as usize / 50;
    for seed in seeds {
        let tree = Forest(Random(seed)).function(3);
        let said: Vec<Presented> = Schemes::default()
            .named(&marked(&requirement(tree)))
            .0
            .iter()
            .map(|together| together.iter().map(|asked| known(&asked.scheme, &asked.scopes.ways()[0])).collect())
            .collect();
        let shown = || format!("seed {seed}\n{}{said:?}", crate::tree::shown::Tree(tree));
        for alternative in &said {
            assert!(outcome(tree, &BTreeSet::new(), alternative) == Outcome::Accepted, "{alternative:?} {}", shown());
        }
        for request in &requests {
            let accepted = outcome(tree, &BTreeSet::new(), request) == Outcome::Accepted;
            assert!(!accepted || said.iter().any(|least| covers(request, least)), "{request:?} {}", shown());
        }
        public += usize::from(said.iter().any(Presented::is_empty));
        several += usize::from(said.len() > 1);
    }
    assert!(public >= rounds && several >= 4 * rounds, "{public} {several}");
}

fn known(scheme: &str, scopes: &[String]) -> (&'static str, BTreeSet<&'static str>) {
    let name = NAMES.into_iter().find(|name| *name == scheme).unwrap();
    (name, ["x", "y"].into_iter().filter(|scope| scopes.iter().any(|asked| asked == scope)).collect())
}

fn names(own: OwnScopes) -> Vec<&'static str> {
    ["x", "y"].into_iter().filter(|name| format!("{own:?}").contains(&format!("{name:?}"))).collect()
}
