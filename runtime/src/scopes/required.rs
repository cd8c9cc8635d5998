//! The scopes that are required at one place of a tree.

use std::fmt;

use super::{
    clause::Clause,
    grants::Grants,
    limits::MOST_BYTES,
    template::{Filled, Unfilled, fits, is_template, parameters},
};

/// The clauses of all functions on the way to a place. Those of the outermost function come first.
#[derive(Clone, Copy)]
pub struct Required {
    /// Empty if each of the names is a clause.
    clauses: &'static [Clause],
    names: &'static [&'static str],
    text: &'static str,
    templates: bool,
}

impl Required {
    pub(crate) const NONE: Self = Self { clauses: &[], names: &[], text: "", templates: false };

    /// `names` are the least scopes that meet all clauses, and `text` is the names with one space between them.
    pub(super) const fn new(clauses: &'static [Clause], names: &'static [&'static str], text: &'static str) -> Self {
        let (mut kept, mut templates): (&[Clause], _) = (&[], is_template(text));
        let mut i = 0;
        while i < clauses.len() {
            if clauses[i].names().len() > 1 {
                kept = clauses;
            }
            templates |= clauses[i].has_templates();
            i += 1;
        }
        Self { clauses: kept, names, text, templates }
    }

    /// Whether each request fills in parts of the scopes.
    pub(crate) const fn has_templates(self) -> bool {
        self.templates
    }

    /// The least scopes that meet all clauses: of each the preferred one.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        self.names
    }

    /// The names with one space between them.
    pub(crate) const fn text(self) -> &'static str {
        self.text
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.names.is_empty()
    }

    /// The number of clauses.
    pub(crate) const fn len(self) -> usize {
        if self.clauses.is_empty() { self.names.len() } else { self.clauses.len() }
    }

    pub(crate) const fn clause(self, i: usize) -> Clause {
        if self.clauses.is_empty() { Clause::one(&self.names[i]) } else { self.clauses[i] }
    }

    pub(crate) fn clauses(self) -> impl Iterator<Item = Clause> {
        (0..self.len()).map(move |i| self.clause(i))
    }

    /// The alternatives of each clause, as the functions on the way wrote them.
    pub(crate) fn alternatives(self) -> impl Iterator<Item = &'static [&'static str]> {
        self.clauses().map(Clause::written)
    }

    /// Scopes that include others are only asked about if those are not granted themselves.
    pub(crate) fn is_covered_by(self, granted: &(impl Grants + ?Sized)) -> bool {
        if self.clauses.is_empty() {
            return self.names.iter().all(|name| granted.grants(name));
        }
        self.clauses.iter().all(|clause| clause.names().iter().any(|name| granted.grants(name)))
    }

    /// The same with the scopes as a request fills them in. A scope that it cannot fill in is not covered.
    ///
    /// # Errors
    ///
    /// The first scope for which there is no value, whatever is granted.
    pub(crate) fn is_covered_filled<E>(
        self,
        granted: &(impl Grants + ?Sized),
        fill: impl Fn(&'static str) -> Result<Filled<'static>, Unfilled<E>>,
    ) -> Result<bool, (&'static str, E)> {
        let mut covered = true;
        for clause in self.clauses() {
            let mut met = false;
            for name in clause.names() {
                met |= match fill(name) {
                    Ok(scope) => !met && granted.grants(&scope),
                    Err(Unfilled::Unfit) => false,
                    Err(Unfilled::Missing(reason)) => return Err((name, reason)),
                };
            }
            covered &= met;
        }
        Ok(covered)
    }

    /// The text of the names as a request fills them in. Empty if it cannot fill in one of them.
    pub(crate) fn filled_text(self, fill: impl Fn(&'static str) -> Option<Filled<'static>>) -> String {
        let names: Option<Vec<_>> = self.names.iter().map(|name| Some((*fill(name)?).to_owned())).collect();
        let text = names.unwrap_or_default().join(" ");
        if text.len() <= MOST_BYTES { text } else { String::new() }
    }

    /// Whether some of the scopes have the parameter `name`, and `value` is fit for all of them.
    pub(crate) fn fits(self, name: &str, value: &str) -> bool {
        let templates = self.clauses().flat_map(Clause::names);
        let mut named =
            templates.flat_map(|template| parameters(template)).filter(|parameter| parameter.name == name).peekable();
        named.peek().is_some() && named.all(|parameter| fits(parameter, value))
    }

    /// Whether both require the same, in any order. Whoever covers one then covers the other.
    pub(crate) fn same(self, other: Self) -> bool {
        let within =
            |one: Self, other: Self| one.clauses().all(|weak| other.clauses().any(|strong| strong.implies(weak)));
        self.len() == other.len() && within(self, other) && within(other, self)
    }
}

/// Shows a list of clauses.
impl fmt::Debug for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clauses()).finish()
    }
}
