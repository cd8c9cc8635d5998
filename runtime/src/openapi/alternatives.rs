//! Who is let in: any alternative is enough, and all credentials of one alternative are needed together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Credentials that are needed together: the scheme of each, and the scopes that it has to grant. An empty list asks for
/// no credential.
pub(crate) type Together<S> = Vec<(S, Vec<String>)>;

/// Any of these is enough (OpenAPI 3.1 §4.8.30). `S` identifies a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Alternatives<S>(pub(crate) Vec<Together<S>>);

impl<S: Clone + PartialEq> Alternatives<S> {
    /// No credential is needed.
    pub(crate) fn nothing() -> Self {
        Self(vec![Together::new()])
    }

    /// One credential is needed.
    pub(crate) fn credential(scheme: S, scopes: &[&str]) -> Self {
        Self(vec![vec![(scheme, scopes.iter().map(|scope| (*scope).to_owned()).collect())]])
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

    /// Both: one alternative of each.
    pub(crate) fn and(&self, inner: &Self) -> Self {
        let mut both = Self(Vec::new());
        for outer in &self.0 {
            both = both.or(Self(inner.0.iter().map(|inner| joined(outer, inner)).collect()));
        }
        both
    }

    /// Without the alternative that asks for no credential, unless there is no other.
    pub(crate) fn with_a_credential(mut self) -> Self {
        if !self.asks_nothing() {
            self.0.retain(|together| !together.is_empty());
        }
        self
    }

    fn or_nothing(self) -> Self {
        if self.0.is_empty() { Self::nothing() } else { self }
    }

    /// Whether no alternative asks for a credential.
    pub(crate) fn asks_nothing(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The same, said as briefly as possible: without the alternatives that ask for more than another one does. That no
    /// credential is needed stays, and is said first: a credential that is presented is looked at all the same.
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

    /// Whether both say the same, in whatever order.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let equal = |a: &Together<S>, b: &Together<S>| covers(a, b) && covers(b, a);
        let within = |a: &Self, b: &Self| a.0.iter().all(|a| b.0.iter().any(|b| equal(a, b)));
        within(self, other) && within(other, self)
    }

    /// The same with what `name` makes of each scheme.
    pub(crate) fn map<T: Clone + PartialEq>(&self, mut name: impl FnMut(&S) -> T) -> Alternatives<T> {
        let mut renamed = |together: &Together<S>| {
            let each = together.iter().map(|(scheme, scopes)| (name(scheme), scopes.clone()));
            each.fold(Together::new(), |all, one| joined(&all, &[one]))
        };
        Alternatives(self.0.iter().map(&mut renamed).collect())
    }
}

/// A list of Security Requirement Objects, each with the scopes of its schemes by their names (OpenAPI 3.1 §4.8.30).
pub(crate) type Requirements = Vec<BTreeMap<String, Vec<String>>>;

impl From<Requirements> for Alternatives<String> {
    fn from(list: Requirements) -> Self {
        // An empty list asks for nothing, as an empty object does.
        let list = list.into_iter().map(|requirement| requirement.into_iter().collect());
        Self(list.collect::<Vec<_>>()).or_nothing()
    }
}

impl From<Alternatives<String>> for Requirements {
    fn from(alternatives: Alternatives<String>) -> Self {
        alternatives.0.into_iter().map(|together| together.into_iter().collect()).collect()
    }
}

/// All credentials of both; one that is in both has to grant the scopes of both.
fn joined<S: Clone + PartialEq>(outer: &[(S, Vec<String>)], inner: &[(S, Vec<String>)]) -> Together<S> {
    let mut all = outer.to_vec();
    for (scheme, scopes) in inner {
        match all.iter_mut().find(|(known, _)| known == scheme) {
            Some((_, known)) => {
                let new: Vec<_> = scopes.iter().filter(|scope| !known.contains(scope)).cloned().collect();
                known.extend(new);
            }
            None => all.push((scheme.clone(), scopes.clone())),
        }
    }
    all
}

/// Whether who has `more` has `less` as well.
pub(crate) fn covers<S: PartialEq>(more: &[(S, Vec<String>)], less: &[(S, Vec<String>)]) -> bool {
    less.iter().all(|(scheme, scopes)| {
        let granted = more.iter().find(|(known, _)| known == scheme);
        granted.is_some_and(|(_, granted)| scopes.iter().all(|scope| granted.contains(scope)))
    })
}

/// What the parameters of a function ask for: all of it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Needs<S> {
    all_of: Vec<Alternatives<S>>,
    /// Which of these holds the credentials that may be missing: one of them is enough, and so is none.
    choice: Option<usize>,
}

impl<S> Default for Needs<S> {
    fn default() -> Self {
        Self { all_of: Vec::new(), choice: None }
    }
}

impl<S: Clone + PartialEq> Needs<S> {
    /// Adds what a parameter asks for.
    pub(crate) fn require(&mut self, parameter: Alternatives<S>) {
        if !parameter.asks_nothing() {
            self.all_of.push(parameter);
        }
    }

    /// Adds what a parameter takes that may be missing.
    pub(crate) fn offer(&mut self, parameter: Alternatives<S>) {
        if parameter.asks_nothing() {
            return;
        }
        let parameter = parameter.with_a_credential();
        match self.choice.and_then(|choice| self.all_of.get_mut(choice)) {
            Some(known) => *known = known.clone().or(parameter),
            None => {
                self.choice = Some(self.all_of.len());
                self.all_of.push(parameter);
            }
        }
    }

    /// Adds what stands in several parameters.
    #[cfg(feature = "aide")]
    pub(crate) fn extend(&mut self, parameters: Self) {
        for (i, needed) in parameters.all_of.into_iter().enumerate() {
            if parameters.choice == Some(i) { self.offer(needed) } else { self.require(needed) }
        }
    }

    /// Says that what was added last may be missing.
    #[cfg(feature = "aide")]
    pub(crate) fn offer_last(&mut self) {
        if let Some(last) = self.all_of.pop() {
            self.offer(last);
        }
    }

    /// The same behind a guard.
    #[cfg(any(feature = "utoipa", feature = "aide"))]
    pub(crate) fn behind(&mut self, guard: Alternatives<S>) {
        if !guard.asks_nothing() {
            self.all_of.insert(0, guard);
            self.choice = self.choice.map(|choice| choice + 1);
        }
    }

    /// The same with what `name` makes of each scheme.
    pub(crate) fn map<T: Clone + PartialEq>(&self, mut name: impl FnMut(&S) -> T) -> Needs<T> {
        let all_of = self.all_of.iter().map(|needed| needed.map(&mut name)).collect();
        Needs { all_of, choice: self.choice }
    }

    /// Whether something may be missing.
    #[cfg(feature = "aide")]
    pub(crate) fn has_choice(&self) -> bool {
        self.choice.is_some()
    }

    /// All of it in one; `credential_required` says that one of the credentials that may be missing is there.
    pub(crate) fn together(&self, credential_required: bool) -> Alternatives<S> {
        self.all_of.iter().enumerate().fold(Alternatives::nothing(), |all, (i, needed)| {
            if self.choice == Some(i) && !credential_required {
                // Last, so that what is made of it keeps the order of the parameters.
                all.and(&needed.clone().or(Alternatives::nothing()))
            } else {
                all.and(needed)
            }
        })
    }
}
