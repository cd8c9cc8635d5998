//! Clauses against a model: random trees with `any(…)`, scopes that include others, and parameters with scopes. A reference tries
//! every set of scopes. What is enforced, what challenges name, what documents list and what access tables show has to agree with
//! it.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{
    alternatives::{Alternatives, Requirements},
    finishing::Schemes,
    marker::marked,
    requirement::requirement,
};
use crate::{
    at_random::{Random, leak, seeds},
    scheme::info::SchemeInfo,
    scopes::{
        clause::Clause, closed::closed, implied::Implies, limits::MOST_SCOPES, merged::Merged, own::OwnScopes,
        required::Required, text::leaked,
    },
    tree::node::{Child, Kind, Node, function},
};

const TREES: u64 = 500;
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A set of scopes: bit `i` is `NAMES[i]`.
type Set = u8;
/// All clauses that one function compares. Each is the set of its alternatives.
type Path = Vec<Set>;

fn bit(name: &str) -> Set {
    1 << NAMES.iter().position(|known| *known == name).unwrap()
}

fn set(names: impl IntoIterator<Item = impl AsRef<str>>) -> Set {
    names.into_iter().fold(0, |set, name| set | bit(name.as_ref()))
}

fn names(set: Set) -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().filter(move |name| set & bit(name) != 0)
}

/// A tree, and the rules of its one scheme.
struct Model {
    implies: Implies,
    /// The path of each function that compares scopes.
    compared: Vec<Path>,
    /// The same as the compiler merges them.
    required: Vec<Required>,
    scheme: &'static Node,
    random: Random,
    room: usize,
}

impl Model {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut implies = Vec::new();
        for strong in 1..NAMES.len() {
            // A scope includes only those before it, so there is no circle.
            let weak: Vec<_> = NAMES[..strong].iter().copied().filter(|_| random.below(6) == 0).collect();
            if !weak.is_empty() {
                implies.push((NAMES[strong], &*weak.leak()));
            }
        }
        let implies: Implies = if seed.is_multiple_of(3) { &[] } else { implies.leak() };
        let info = leak(SchemeInfo::new("S").with_scopes(&[("a", "")]).with_implied(implies));
        let scheme = leak(Node::scheme(info));
        let room = 1 + random.below(6);
        Self { implies, compared: Vec::new(), required: Vec::new(), scheme, random, room }
    }

    /// Few clauses of few alternatives, in the form in which the attribute writes them.
    fn own(&mut self) -> OwnScopes {
        let clauses = (0..self.random.below(3)).map(|_| {
            let mut names = Vec::new();
            for _ in 0..=self.random.below(3) {
                let name = NAMES[self.random.below(NAMES.len())];
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            &*names.leak()
        });
        OwnScopes::of_clauses(clauses.collect::<Vec<_>>().leak())
    }

    /// A function behind functions that require `outer`, which are merged to `merged`.
    fn function(&mut self, outer: &Path, merged: &'static [Clause]) -> &'static Node {
        self.room -= 1;
        let own = self.own();
        let (path, merged) = (and(outer, own), merge(merged, own));
        let mut children = Vec::new();
        if self.random.below(2) == 0 {
            children.push(Child::new(&[], const { &Node::leaf(Kind::SecurityScopes) }));
            children.push(Child::new(&[], self.scheme));
            self.compared.push(path.clone());
            self.required.push(leaked(closed(merged, self.implies).unwrap(), self.implies));
        }
        while self.room > 0 && self.random.below(3) > 0 {
            let scopes = self.own();
            let node = self.function(&and(&path, scopes), merge(merged, scopes));
            children.push(Child { scopes, node });
        }
        let mut node = function("f", &[], children.leak());
        node.own = own;
        leak(node)
    }

    /// Whether a credential that is granted `granted` has this scope, by the shortest code that may take exponential time.
    fn has(&self, granted: Set, scope: &str) -> bool {
        let includes = |weak: &[&str]| weak.contains(&scope);
        granted & bit(scope) != 0
            || self.implies.iter().any(|(strong, weak)| includes(weak) && self.has(granted, strong))
    }

    fn meets(&self, granted: Set, path: &Path) -> bool {
        path.iter().all(|clause| names(*clause).any(|name| self.has(granted, name)))
    }

    fn has_all(&self, granted: Set, scopes: Set) -> bool {
        names(scopes).all(|name| self.has(granted, name))
    }
}

fn and(outer: &Path, own: OwnScopes) -> Path {
    let own = (0..own.len()).map(|i| set(own.clause(i).names()));
    outer.iter().copied().chain(own).collect()
}

/// Merges as the types of paths do.
fn merge(outer: &'static [Clause], own: OwnScopes) -> &'static [Clause] {
    let outer = leaked(outer, &[]);
    let merged = Merged::<MOST_SCOPES>::new(outer, own);
    merged.list().unwrap().to_vec().leak()
}

/// The clauses in the text of a table: `a|b c`.
fn read(text: &str) -> Path {
    text.split(' ').filter(|clause| !clause.is_empty()).map(|clause| set(clause.split('|'))).collect()
}

fn check_function(model: &Model, path: &Path, required: Required) {
    let all_sets = || 0..(1 << NAMES.len());
    for granted in all_sets() {
        let is_covered = required.is_covered_by(&names(granted).collect::<Vec<_>>());
        assert_eq!(is_covered, model.meets(granted, path), "{path:?} {:?} {required:?} {granted:b}", model.implies);
    }
    let named = set(required.names());
    assert_eq!(named.count_ones() as usize, required.names().len(), "each name once");
    assert!(model.meets(named, path), "{required:?} {:?}", required.names());
    for name in names(named) {
        assert!(!model.meets(named & !bit(name), path), "{required:?} needs no {name}");
    }
    let sufficient =
        |granted: Set| required.alternatives().all(|one_of| one_of.iter().any(|name| model.has(granted, name)));
    assert!(all_sets().all(|granted| sufficient(granted) == model.meets(granted, path)), "{required:?}");
}

fn check_document(model: &Model, tree: &'static Node) -> usize {
    let shown = Schemes::default().named(&marked(&requirement(tree)));
    let listed: Requirements = shown.spelt_out().into();
    let reread = Alternatives::from(listed.clone()).gathered();
    let is_let_in = |granted: Set| model.compared.iter().all(|path| model.meets(granted, path));
    let ways: Vec<Set> = listed.iter().map(|way| way.get("S").map_or(0, set)).collect();
    assert_eq!(listed.iter().all(|way| way.contains_key("S")), !model.compared.is_empty());
    for granted in 0..(1 << NAMES.len()) {
        let is_listed = ways.iter().any(|way| model.has_all(granted, *way));
        assert_eq!(is_listed, is_let_in(granted), "{ways:?} {:?} {:?} {granted:b}", model.compared, model.implies);
        for table in [&shown, &reread] {
            let rows =
                table.0.iter().map(|row| row.first().map_or(Vec::new(), |asked| read(&asked.scopes.to_string())));
            let is_shown = rows.clone().any(|path| model.meets(granted, &path));
            assert_eq!(is_shown, is_let_in(granted), "{shown:?} {reread:?} {granted:b}");
        }
    }
    for way in &ways {
        assert!(names(*way).all(|name| !is_let_in(way & !bit(name))), "{ways:?} {:?}", model.implies);
    }
    if let [required] = model.required.as_slice() {
        assert_eq!(ways[0], set(required.names()), "challenges name the first way: {ways:?} {:?}", model.implies);
    }
    ways.len()
}

#[test]
fn enforcement_challenges_documents_and_tables_agree() {
    let (mut functions, mut several_ways, mut implied) = (0, 0, 0);
    let seeds = seeds(TREES);
    let rounds = (seeds.end - seeds.start) as usize / TREES as usize;
    for seed in seeds {
        let mut model = Model::new(seed);
        let tree = model.function(&Path::new(), &[]);
        for (path, required) in model.compared.iter().zip(&model.required) {
            check_function(&model, path, *required);
        }
        functions += model.compared.len();
        several_ways += usize::from(check_document(&model, tree) > 1);
        implied += usize::from(!model.implies.is_empty());
    }
    let seen = [functions, several_ways, implied];
    let enough = [500, 100, 250].map(|each| each * rounds);
    assert!(seen.iter().zip(enough).all(|(seen, enough)| *seen >= enough), "{seen:?}");
}
