//! The credentials that a function requires: takes them parameter by parameter, yields alternatives.

use serde::{Deserialize, Serialize};

use super::alternatives::Alternatives;

/// The requirements of a function's parameters, all of which must be met.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Needs<S> {
    all_of: Vec<Alternatives<S>>,
    /// The index of the optional credentials: any of them is enough, and so is none.
    choice: Option<usize>,
}

impl<S> Default for Needs<S> {
    fn default() -> Self {
        Self { all_of: Vec::new(), choice: None }
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

    /// Adds the requirements of several parameters.
    #[cfg(feature = "aide")]
    pub(crate) fn extend(&mut self, parameters: Self) {
        for (i, needed) in parameters.all_of.into_iter().enumerate() {
            if parameters.choice == Some(i) { self.offer(needed) } else { self.require(needed) }
        }
    }

    /// Makes the requirement that was added last optional.
    #[cfg(feature = "aide")]
    pub(crate) fn offer_last(&mut self) {
        if let Some(last) = self.all_of.pop() {
            self.offer(last);
        }
    }

    /// Adds the requirement of a guard in front.
    pub(crate) fn behind(&mut self, guard: Alternatives<S>) {
        if !guard.asks_nothing() {
            self.all_of.insert(0, guard);
            self.choice = self.choice.map(|choice| choice + 1);
        }
    }

    /// Replaces each scheme by the result of `name`.
    pub(crate) fn map<T: Clone + PartialEq>(&self, mut name: impl FnMut(&S) -> T) -> Needs<T> {
        let all_of = self.all_of.iter().map(|needed| needed.map(&mut name)).collect();
        Needs { all_of, choice: self.choice }
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
