//! The credentials that a function requires: takes them parameter by parameter, yields alternatives.

use serde::{Deserialize, Serialize};

use super::alternatives::Alternatives;

/// The requirements of a function's parameters, all of which must be met.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Needs<S> {
    all_of: Vec<Alternatives<S>>,
    /// The index of the optional credentials: any of them is enough, and so is none.
    choice: Option<usize>,
    /// The alternatives of each optional dependency, at any depth.
    conditions: Vec<Alternatives<S>>,
}

impl<S> Default for Needs<S> {
    fn default() -> Self {
        Self { all_of: Vec::new(), choice: None, conditions: Vec::new() }
    }
}

impl<S: Clone + PartialEq> Needs<S> {
    /// Adds what a parameter requires.
    pub(crate) fn require(&mut self, parameter: Alternatives<S>) {
        if !parameter.asks_nothing() {
            self.all_of.push(parameter);
        }
    }

    /// Adds the credentials of an optional parameter.
    pub(crate) fn offer(&mut self, parameter: Alternatives<S>) {
        if parameter.asks_nothing() {
            return;
        }
        let parameter = parameter.with_a_credential().chosen();
        match self.choice.and_then(|choice| self.all_of.get_mut(choice)) {
            Some(known) => *known = known.clone().or(parameter),
            None => {
                self.choice = Some(self.all_of.len());
                self.all_of.push(parameter);
            }
        }
    }

    /// Adds what each optional dependency requires of a request that presents its credential.
    pub(crate) fn on(&mut self, conditions: Vec<Alternatives<S>>) {
        for condition in conditions {
            if !self.conditions.contains(&condition) {
                self.conditions.push(condition);
            }
        }
    }

    /// Adds the requirements of several parameters.
    #[cfg(feature = "aide")]
    pub(crate) fn extend(&mut self, parameters: Self) {
        self.on(parameters.conditions);
        for (i, needed) in parameters.all_of.into_iter().enumerate() {
            if parameters.choice == Some(i) { self.offer(needed) } else { self.require(needed) }
        }
    }

    /// Adds all requirements of one parameter, which may turn out to be optional.
    #[cfg(feature = "aide")]
    pub(crate) fn require_all(&mut self, parameter: Self) {
        self.require(parameter.together(false));
        self.on(parameter.conditions);
    }

    /// Makes the requirement that was added last optional.
    #[cfg(feature = "aide")]
    pub(crate) fn offer_last(&mut self, is_dependency: bool) {
        if let Some(last) = self.all_of.pop() {
            if is_dependency {
                self.on(vec![last.clone()]);
            }
            self.offer(last);
        }
    }

    /// Adds the requirement of a guard in front.
    pub(crate) fn behind(&mut self, guard: Self) {
        let alternatives = guard.together(false);
        if !alternatives.asks_nothing() {
            self.all_of.insert(0, alternatives);
            self.choice = self.choice.map(|choice| choice + 1);
        }
        self.on(guard.conditions);
    }

    /// Replaces each scheme by the result of `name`.
    pub(crate) fn map<T: Clone + PartialEq>(&self, mut name: impl FnMut(&S) -> T) -> Needs<T> {
        let all_of = self.all_of.iter().map(|needed| needed.map(&mut name)).collect();
        let conditions = self.conditions.iter().map(|condition| condition.map(&mut name)).collect();
        Needs { all_of, choice: self.choice, conditions }
    }

    /// The alternatives that let a request in.
    pub(crate) fn settled(&self) -> Alternatives<S> {
        self.together(false).closed(&self.conditions).settled().reduced()
    }

    /// Whether no credential is required, nor offered.
    #[cfg(any(feature = "utoipa", feature = "aide"))]
    pub(crate) fn asks_nothing(&self) -> bool {
        self.all_of.is_empty()
    }

    /// Whether there are optional credentials.
    #[cfg(feature = "aide")]
    pub(crate) fn has_choice(&self) -> bool {
        self.choice.is_some()
    }

    /// All requirements together. With `credential_required`, one of the optional credentials must be there.
    pub(crate) fn together(&self, credential_required: bool) -> Alternatives<S> {
        self.all_of.iter().enumerate().fold(Alternatives::nothing(), |all, (i, needed)| {
            if self.choice == Some(i) && !credential_required {
                // It comes last, so that the alternatives keep the order of the parameters.
                all.and(&needed.clone().or(Alternatives::nothing()))
            } else {
                all.and(needed)
            }
        })
    }
}
