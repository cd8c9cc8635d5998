//! The alternatives of OpenAPI's `security`: any of them is enough, and all credentials of one are required together.

use std::{cmp::Reverse, collections::BTreeMap, mem};

use serde::{Deserialize, Serialize};

use crate::scopes::gathered::Gathered;

/// A credential of an alternative. `S` identifies its scheme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Asked<S> {
    pub(crate) scheme: S,
    /// The scopes that it must grant.
    pub(crate) scopes: Gathered,
    /// Whether a function takes it as one of several, or as an optional one.
    chosen: bool,
}

/// Credentials that are required together. An empty list requires none.
pub(crate) type Together<S> = Vec<Asked<S>>;

/// Any of these is enough (OpenAPI 3.1 §4.8.30).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Alternatives<S>(pub(crate) Vec<Together<S>>);

impl<S: Clone + PartialEq> Alternatives<S> {
    /// No credential is required.
    pub(crate) fn nothing() -> Self {
        Self(vec![Together::new()])
    }

    /// One credential is required, which grants these scopes.
    pub(crate) fn credential(scheme: S, scopes: Gathered) -> Self {
        Self(vec![vec![Asked { scheme, scopes, chosen: false }]])
    }

    /// Marks all credentials as chosen by a function that accepts others, or none.
    pub(crate) fn chosen(mut self) -> Self {
        self.0.iter_mut().flatten().for_each(|asked| asked.chosen = true);
        self
    }

    /// Either of both.
    pub(crate) fn or(mut self, other: Self) -> Self {
        for together in other.0 {
            if !self.0.contains(&together) {
                self.0.push(together);
            }
        }
        self
    }

    /// Both: one alternative of each, in all combinations.
    pub(crate) fn and(&self, inner: &Self) -> Self {
        let mut both = Self(Vec::new());
        for outer in &self.0 {
            both = both.or(Self(inner.0.iter().map(|inner| joined(outer, inner)).collect()));
        }
        both
    }

    /// Removes the alternative without a credential, unless there is no other.
    pub(crate) fn with_a_credential(mut self) -> Self {
        if !self.asks_nothing() {
            self.0.retain(|together| !together.is_empty());
        }
        self
    }

    /// Whether no alternative requires a credential.
    pub(crate) fn asks_nothing(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Adds what optional dependencies require. Each of `conditions` holds the alternatives of one: a request that presents one of
    /// its credentials has to meet one of its alternatives.
    pub(crate) fn closed(mut self, conditions: &[Self]) -> Self {
        let mut i = 0;
        while let Some(together) = self.0.get(i) {
            let unmet = |condition: &&Self| condition.has_one_of(together) && !condition.are_met_by(together);
            let Some(condition) = conditions.iter().find(unmet) else {
                i += 1;
                continue;
            };
            // This ends, because each step requires more, and nothing that no condition has.
            let more = Self(vec![self.0.remove(i)]).and(condition);
            let new: Vec<_> = more.0.into_iter().filter(|together| !self.0.contains(together)).collect();
            self.0.splice(i..i, new);
        }
        self
    }

    /// Whether one of the credentials is one of these, whatever it grants.
    fn has_one_of(&self, together: &Together<S>) -> bool {
        self.0.iter().flatten().any(|asked| together.iter().any(|known| known.scheme == asked.scheme))
    }

    /// Whether a request with these credentials meets one of the alternatives.
    fn are_met_by(&self, together: &Together<S>) -> bool {
        self.0.iter().any(|enough| covers(together, enough))
    }

    /// Whether some alternative requires no credential.
    #[cfg(any(feature = "utoipa", feature = "aide"))]
    pub(crate) fn lets_everybody_in(&self) -> bool {
        self.0.iter().any(Vec::is_empty)
    }

    /// Resolves the choices of functions. It is unknown which credential of a request a function chooses, so each must
    /// grant the scopes of all functions that may choose it.
    pub(crate) fn settled(mut self) -> Self {
        let mut choices: Together<S> = self.0.iter().flatten().filter(|asked| asked.chosen).cloned().collect();
        // The most scopes come first, because a credential that is chosen everywhere has them in the order of the tree.
        choices.sort_by_key(|asked| Reverse(asked.scopes.len()));
        let chosen = joined(&[], &choices);
        for asked in self.0.iter_mut().flatten() {
            let Some(known) = chosen.iter().find(|known| known.scheme == asked.scheme) else { continue };
            if mem::replace(&mut asked.chosen, false) {
                asked.scopes.clone_from(&known.scopes);
            } else {
                asked.scopes = asked.scopes.and_all(&known.scopes);
            }
        }
        self
    }

    /// Removes the alternatives that require more than another one. The alternative without a credential comes first. It
    /// does not remove the others, because a presented credential is checked all the same.
    pub(crate) fn reduced(self) -> Self {
        let (mut kept, some): (Vec<_>, Vec<_>) = self.0.into_iter().partition(Vec::is_empty);
        kept.truncate(1);
        for (i, together) in some.iter().enumerate() {
            let is_needless = some.iter().enumerate().any(|(j, other)| {
                let (more, less) = (covers(together, other), covers(other, together));
                j != i && more && (!less || j < i)
            });
            if !is_needless {
                kept.push(together.clone());
            }
        }
        Self(kept)
    }

    /// What each alternative requires beyond each of `known` that it covers.
    pub(crate) fn beyond(&self, known: &Self) -> Self {
        let within = |all: &Together<S>, known: &Together<S>| {
            let asked = all.iter().filter_map(|asked| match known.iter().find(|known| known.scheme == asked.scheme) {
                Some(known) => {
                    let scopes = asked.scopes.beyond(&known.scopes);
                    (!scopes.is_empty()).then(|| Asked { scopes, ..asked.clone() })
                }
                None => Some(asked.clone()),
            });
            asked.collect()
        };
        let pairs = self.0.iter().flat_map(|all| known.0.iter().map(move |known| (all, known)));
        Self(pairs.filter(|(all, known)| covers(all, known)).map(|(all, known)| within(all, known)).collect())
    }

    /// Whether both are equal, in any order.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let equal = |a: &Together<S>, b: &Together<S>| covers(a, b) && covers(b, a);
        let within = |a: &Self, b: &Self| a.0.iter().all(|a| b.0.iter().any(|b| equal(a, b)));
        let (one, other) = (self.spelt_out(), other.spelt_out());
        within(&one, &other) && within(&other, &one)
    }

    /// The same with one alternative for each set of scopes that is enough, as documents have them.
    pub(crate) fn spelt_out(&self) -> Self {
        self.0.iter().map(ways).fold(Self(Vec::new()), Self::or).reduced()
    }

    /// The same with one alternative for those that differ in the scopes of one credential, as trees have them.
    pub(crate) fn gathered(mut self) -> Self {
        let mut i = 0;
        while i < self.0.len() {
            let alike = (0..self.0[i].len()).map(|at| self.alike(i, at)).find(|alike| alike.len() > 1);
            let Some(alike) = alike else {
                i += 1;
                continue;
            };
            let scopes = |at: &(usize, usize)| self.0[at.0][at.1].scopes.ways();
            let gathered = Gathered::of_ways(&alike.iter().flat_map(scopes).collect::<Vec<_>>());
            self.0[i][alike[0].1].scopes = gathered;
            for (other, _) in alike.into_iter().skip(1).rev() {
                self.0.remove(other);
            }
            i = 0;
        }
        self
    }

    /// From alternative `i` on, those that differ from it in the scopes of its credential `at` alone, with its index there.
    fn alike(&self, i: usize, at: usize) -> Vec<(usize, usize)> {
        let one = &self.0[i];
        let index = |other: &Together<S>| other.iter().position(|asked| asked.scheme == one[at].scheme);
        let rest = |together: &Together<S>, without: usize| {
            let mut together = together.clone();
            together.remove(without);
            together
        };
        let same = |other: &Together<S>| {
            let (one, other) = (rest(one, at), rest(other, index(other)?));
            (covers(&one, &other) && covers(&other, &one)).then_some(())
        };
        let alike =
            self.0.iter().enumerate().skip(i).filter_map(|(j, other)| same(other).and(Some((j, index(other)?))));
        alike.collect()
    }

    /// Replaces each scheme by the result of `name`.
    pub(crate) fn map<T: Clone + PartialEq>(&self, mut name: impl FnMut(&S) -> T) -> Alternatives<T> {
        let mut renamed = |together: &Together<S>| {
            together.iter().fold(Together::new(), |all, asked| {
                let Asked { scheme, scopes, chosen } = asked;
                joined(&all, &[Asked { scheme: name(scheme), scopes: scopes.clone(), chosen: *chosen }])
            })
        };
        Alternatives(self.0.iter().map(&mut renamed).collect())
    }
}

/// A list of Security Requirement Objects, each with the scopes of its schemes by their names (OpenAPI 3.1 §4.8.30).
pub(crate) type Requirements = Vec<BTreeMap<String, Vec<String>>>;

impl From<Requirements> for Alternatives<String> {
    fn from(list: Requirements) -> Self {
        // An empty list requires nothing, as an empty object does.
        let asked = |(scheme, scopes): (String, Vec<String>)| Asked {
            scheme,
            scopes: scopes.into_iter().collect(),
            chosen: false,
        };
        let list: Vec<_> = list.into_iter().map(|requirement| requirement.into_iter().map(asked).collect()).collect();
        if list.is_empty() { Self::nothing() } else { Self(list) }
    }
}

impl From<Alternatives<String>> for Requirements {
    fn from(alternatives: Alternatives<String>) -> Self {
        let requirement = |asked: Asked<String>| (asked.scheme, asked.scopes.ways().swap_remove(0));
        let each = alternatives.0.iter().flat_map(|together| ways(together).0);
        each.map(|together| together.into_iter().map(requirement).collect()).collect()
    }
}

/// One alternative for each set of scopes that is enough.
fn ways<S: Clone + PartialEq>(together: &Together<S>) -> Alternatives<S> {
    together.iter().fold(Alternatives::nothing(), |all, asked| {
        let ways = asked.scopes.ways().into_iter();
        let each = ways.map(|way| vec![Asked { scopes: way.into_iter().collect(), ..asked.clone() }]).collect();
        all.and(&Alternatives(each))
    })
}

/// All credentials of both. One that is in both must grant the scopes of both.
fn joined<S: Clone + PartialEq>(outer: &[Asked<S>], inner: &[Asked<S>]) -> Together<S> {
    let mut all = outer.to_vec();
    for asked in inner {
        match all.iter_mut().find(|known| known.scheme == asked.scheme) {
            Some(known) => {
                known.chosen |= asked.chosen;
                known.scopes = known.scopes.and_all(&asked.scopes);
            }
            None => all.push(asked.clone()),
        }
    }
    all
}

/// Whether a request that meets `more` meets `less` as well.
fn covers<S: PartialEq>(more: &[Asked<S>], less: &[Asked<S>]) -> bool {
    less.iter().all(|less| {
        let granted = more.iter().find(|more| more.scheme == less.scheme);
        granted.is_some_and(|granted| granted.scopes.implies(&less.scopes))
    })
}
