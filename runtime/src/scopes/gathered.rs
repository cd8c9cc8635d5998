//! Clauses at run time, for printed trees, documents and access tables: takes the clauses of functions, yields text and the
//! sets of scopes that are enough.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use super::{
    clause::Clause,
    implied::{Implies, includes},
    own::OwnScopes,
    required::Required,
};

type Name = Cow<'static, str>;

/// A [`Clause`] at run time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
struct AnyOf {
    /// In order of preference.
    written: Vec<Name>,
    /// Scopes that include one of them, each with the included one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    including: Vec<(Name, Name)>,
}

impl AnyOf {
    fn one(name: impl Into<Name>) -> Self {
        Self { written: vec![name.into()], including: Vec::new() }
    }

    fn admits(&self, name: &Name) -> bool {
        self.written.contains(name) || self.including.iter().any(|(strong, _)| strong == name)
    }

    fn implies(&self, weaker: &Self) -> bool {
        let including = self.including.iter().map(|(strong, _)| strong);
        self.written.iter().chain(including).all(|name| weaker.admits(name))
    }
}

impl From<Clause> for AnyOf {
    fn from(clause: Clause) -> Self {
        Self { written: clause.written().iter().map(|name| Cow::Borrowed(*name)).collect(), including: Vec::new() }
    }
}

/// Clauses that are all required. None of them implies another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Gathered(Vec<AnyOf>);

impl Gathered {
    /// These clauses and those that a step further in adds.
    pub(crate) fn and(&self, inner: OwnScopes) -> Self {
        self.with((0..inner.len()).map(|i| inner.clause(i).into()))
    }

    /// The clauses of both.
    pub(crate) fn and_all(&self, other: &Self) -> Self {
        self.with(other.0.iter().cloned())
    }

    fn with(&self, clauses: impl Iterator<Item = AnyOf>) -> Self {
        let mut list = self.0.clone();
        for new in clauses {
            if list.iter().any(|known| known.implies(&new)) {
                continue;
            }
            // A stronger clause takes the place of the weaker ones.
            match list.iter().position(|known| new.implies(known)) {
                Some(at) => {
                    let behind = list.split_off(at);
                    let kept: Vec<_> = behind.into_iter().filter(|known| !new.implies(known)).collect();
                    list.push(new);
                    list.extend(kept);
                }
                None => list.push(new),
            }
        }
        Self(list)
    }

    /// The same, compared with the scopes of a scheme that declares these `IMPLIES`.
    pub(crate) fn closed(&self, implies: Implies) -> Self {
        let closed = self.0.iter().map(|clause| {
            let mut clause = clause.clone();
            for (strong, _) in implies {
                let included = clause.written.iter().filter(|weak| includes(implies, strong, weak));
                clause.including.extend(included.map(|weak| (Cow::Borrowed(*strong), weak.clone())));
            }
            clause
        });
        Self::default().with(closed)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of clauses.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether whoever meets these clauses meets those of `weaker`, too.
    pub(crate) fn implies(&self, weaker: &Self) -> bool {
        weaker.0.iter().all(|weak| self.0.iter().any(|strong| strong.implies(weak)))
    }

    /// The clauses that hold only sometimes where `known` holds.
    pub(crate) fn beyond(&self, known: &Self) -> Self {
        Self(self.0.iter().filter(|clause| !known.0.iter().any(|known| known.implies(clause))).cloned().collect())
    }

    /// Sets of scopes, each of which is enough, and none of which is enough without one of its scopes
    /// (OpenAPI 3.1 §4.8.30). The first is what challenges name: the preferred scope of each clause.
    pub(crate) fn ways(&self) -> Vec<Vec<String>> {
        if self.0.iter().all(|clause| clause.written.len() == 1 && clause.including.is_empty()) {
            return vec![self.0.iter().map(|clause| clause.written[0].clone().into_owned()).collect()];
        }
        let preferred = self.0.iter().fold(Vec::new(), |way, clause| with_name(&way, &clause.written[0]));
        let mut ways = vec![Vec::new()];
        for clause in &self.0 {
            ways = ways.iter().flat_map(|way| clause.written.iter().map(|name| with_name(way, name))).collect();
            ways = without_supersets(ways);
        }
        let ways = [preferred].into_iter().chain(ways).map(|way| self.needed(way));
        without_supersets(ways.collect())
            .into_iter()
            .map(|way| way.into_iter().map(Cow::into_owned).collect())
            .collect()
    }

    /// A way without the scopes that it does not need, in the order in which challenges leave them out.
    fn needed(&self, mut way: Vec<Name>) -> Vec<Name> {
        let is_enough = |way: &[Name]| self.0.iter().all(|clause| way.iter().any(|name| clause.admits(name)));
        let includes = |strong: &Name, weak: &Name| {
            self.0.iter().flat_map(|clause| &clause.including).any(|pair| (&pair.0, &pair.1) == (strong, weak))
        };
        for stronger in [true, false] {
            for i in (0..way.len()).rev() {
                if stronger && !way.iter().any(|weak| includes(&way[i], weak)) {
                    continue;
                }
                let name = way.remove(i);
                if !is_enough(&way) {
                    way.insert(i, name);
                }
            }
        }
        way
    }

    /// The clauses that exactly these ways meet.
    pub(crate) fn of_ways(ways: &[Vec<String>]) -> Self {
        let mut clauses = vec![Vec::new()];
        for way in ways {
            let names = way.iter().map(|name| Cow::Owned(name.clone()));
            clauses =
                names.flat_map(|name| clauses.iter().map(move |clause: &Vec<Name>| with_name(clause, &name))).collect();
            clauses = without_supersets(clauses);
        }
        Self(clauses.into_iter().map(|written| AnyOf { written, including: Vec::new() }).collect())
    }

    /// What a place requires that has no type, where scopes are compared with those of a scheme that declares these `IMPLIES`. The
    /// memory is never freed.
    #[cfg(feature = "testing")]
    pub(crate) fn leaked(&self, implies: Implies) -> Required {
        let leaked = |clause: &AnyOf| {
            let mut names = clause.written.clone();
            for (strong, _) in &clause.including {
                names = with_name(&names, strong);
            }
            let names: Vec<_> = names.into_iter().map(|name| &*name.into_owned().leak()).collect();
            Clause::closed(names.leak(), clause.written.len())
        };
        let clauses: Vec<_> = self.closed(implies).0.iter().map(leaked).collect();
        super::text::leaked(clauses.leak(), implies)
    }
}

fn with_name(names: &[Name], name: &Name) -> Vec<Name> {
    let mut names = names.to_vec();
    if !names.contains(name) {
        names.push(name.clone());
    }
    names
}

/// The lists that do not have all names of another one. Of two with the same names, the first stays.
fn without_supersets(lists: Vec<Vec<Name>>) -> Vec<Vec<Name>> {
    let has_all = |more: &[Name], less: &[Name]| less.iter().all(|name| more.contains(name));
    let mut kept: Vec<Vec<Name>> = Vec::new();
    for list in lists {
        if !kept.iter().any(|known| has_all(&list, known)) {
            kept.retain(|known| !has_all(known, &list));
            kept.push(list);
        }
    }
    kept
}

impl From<Required> for Gathered {
    fn from(required: Required) -> Self {
        Self(required.clauses().map(AnyOf::from).collect())
    }
}

/// Scopes that are all required.
impl FromIterator<String> for Gathered {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self::default().with(names.into_iter().map(AnyOf::one))
    }
}

/// `a|b c`.
impl fmt::Display for Gathered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clauses: Vec<_> = self.0.iter().map(|clause| clause.written.join("|")).collect();
        f.write_str(&clauses.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPLIES: Implies = &[("admin", &["read", "list"])];

    fn gathered(ways: &[&str]) -> Gathered {
        let ways: Vec<Vec<_>> = ways.iter().map(|way| way.split_whitespace().map(str::to_owned).collect()).collect();
        Gathered::of_ways(&ways)
    }

    /// `a|b c`: the clauses as they are shown.
    fn clauses(text: &str) -> Gathered {
        let clause = |text: &str| AnyOf {
            written: text.split('|').map(|name| name.to_owned().into()).collect(),
            including: Vec::new(),
        };
        Gathered::default().with(text.split_whitespace().map(clause))
    }

    fn ways(gathered: &Gathered) -> Vec<String> {
        gathered.ways().iter().map(|way| way.join(" ")).collect()
    }

    #[test]
    fn ways_are_the_least_sets_that_meet_all_clauses() {
        for (text, expected) in [
            ("", &[""][..]),
            ("a b", &["a b"]),
            ("a|b", &["a", "b"]),
            ("a|b c", &["a c", "b c"]),
            ("a|b b|c", &["b", "a c"]),
            ("a|b c|d", &["a c", "a d", "b c", "b d"]),
            ("a|b b|c c|a", &["a b", "a c", "b c"]),
        ] {
            let clauses = clauses(text);
            assert_eq!(ways(&clauses), expected, "{text}");
            // From these sets, the clauses are found again.
            assert!(gathered(expected).implies(&clauses) && clauses.implies(&gathered(expected)), "{text}");
            assert_eq!(gathered(expected).len(), clauses.len(), "{text}");
        }
    }

    #[test]
    fn a_scope_that_includes_others_is_enough_for_them_but_no_way_of_its_own() {
        let both = clauses("read list").closed(IMPLIES);
        assert_eq!(ways(&both), ["read list"]);
        assert!(both.0[0].admits(&"admin".into()) && !both.0[0].admits(&"list".into()));
        assert_eq!(ways(&clauses("admin read").closed(IMPLIES)), ["admin"]);
        assert_eq!(ways(&clauses("admin|other read").closed(IMPLIES)), ["admin", "other read"]);
        // Of two that are enough, the one stays that includes less.
        assert_eq!(ways(&clauses("admin|read|x read|list").closed(IMPLIES)), ["read", "admin", "x list"]);
    }

    #[test]
    fn the_clauses_of_a_place_are_shown_as_they_are_written() {
        const CLAUSES: &[Clause] = &[Clause::closed(&["a", "b", "admin"], 2), Clause::any(&["c"])];
        let gathered = Gathered::from(crate::scopes::text::leaked(CLAUSES, IMPLIES));
        assert_eq!((gathered.to_string().as_str(), gathered.len()), ("a|b c", 2));
    }

    #[test]
    fn clauses_are_kept_unless_others_imply_them() {
        for (one, other, both, beyond) in [
            ("a", "b", "a b", "b"),
            ("a|b c", "b", "b c", "b"),
            ("x a|b y b|c z", "b", "x b y z", "b"),
            ("b", "a|b", "b", ""),
        ] {
            let (one, other) = (clauses(one), clauses(other));
            assert_eq!(one.and_all(&other).to_string(), both);
            assert_eq!(other.beyond(&one).to_string(), beyond);
            assert_eq!(other.beyond(&one).is_empty(), one.implies(&other));
        }
    }
}
