//! The scopes that are required at one place of a tree.

use std::fmt;

use super::{
    grants::Grants,
    merge::MOST_BYTES,
    own::OwnScopes,
    template::{Filled, Unfilled, fits, is_template, parameters},
};

/// The scopes of all functions on the way to a place. Those of the outermost function come first, and each stands once.
#[derive(Clone, Copy)]
pub struct Required {
    names: &'static [&'static str],
    text: &'static str,
    templates: bool,
}

impl Required {
    pub(crate) const NONE: Self = Self { names: &[], text: "", templates: false };

    /// `text` is the names with one space between them.
    pub(super) const fn new(names: &'static [&'static str], text: &'static str) -> Self {
        Self { names, text, templates: is_template(text) }
    }

    /// Whether each request fills in parts of the scopes.
    pub(crate) const fn has_templates(self) -> bool {
        self.templates
    }

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

    pub(crate) fn is_covered_by(self, granted: &(impl Grants + ?Sized)) -> bool {
        self.names.iter().all(|name| granted.grants(name))
    }

    /// The same with the scopes as a request fills them in. A scope that it cannot fill in is not covered.
    ///
    /// # Errors
    ///
    /// The first scope for which there is no value, whatever is granted.
    pub(crate) fn is_covered_filled<E>(
        self,
        granted: &(impl Grants + ?Sized),
        fill: impl Fn(&str) -> Result<Filled, Unfilled<E>>,
    ) -> Result<bool, (&'static str, E)> {
        let mut covered = true;
        for name in self.names {
            covered &= match fill(name) {
                Ok(scope) => granted.grants(&scope),
                Err(Unfilled::Unfit) => false,
                Err(Unfilled::Missing(reason)) => return Err((name, reason)),
            };
        }
        Ok(covered)
    }

    /// The text of the names as a request fills them in. Empty if it cannot fill in one of them.
    pub(crate) fn filled_text(self, fill: impl Fn(&str) -> Option<Filled>) -> String {
        let names: Option<Vec<_>> = self.names.iter().map(|name| fill(name)).collect();
        let text = names.unwrap_or_default().join(" ");
        if text.len() <= MOST_BYTES { text } else { String::new() }
    }

    /// Whether some of the scopes have the parameter `name`, and `value` is fit for all of them.
    pub(crate) fn fits(self, name: &str, value: &str) -> bool {
        let parameters = self.names.iter().flat_map(|template| parameters(template));
        let mut named = parameters.filter(|parameter| parameter.name == name).peekable();
        named.peek().is_some() && named.all(|parameter| fits(parameter, value))
    }

    /// Whether both require the same scopes, in any order. Whoever covers one then covers the other.
    pub(crate) fn same(self, other: Self) -> bool {
        self.names.len() == other.names.len() && self.names.iter().all(|name| other.names.contains(name))
    }
}

/// Shows a list of names.
impl fmt::Debug for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.names.fmt(f)
    }
}

/// Scopes merged at run time by the same rule, for printed trees, documents and tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathered(Vec<&'static str>);

impl Gathered {
    /// These scopes and those that a step further in adds.
    pub(crate) fn and(&self, inner: OwnScopes) -> Self {
        let mut list = self.0.clone();
        for name in inner.list() {
            if !list.contains(name) {
                list.push(name);
            }
        }
        Self(list)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The alternatives for a document. Each of these lists of names is enough (OpenAPI 3.1 §4.8.30).
    pub(crate) fn ways(&self) -> impl Iterator<Item = Vec<String>> {
        std::iter::once(self.0.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The requirement of a place that has no type. Its memory is never freed.
    #[cfg(feature = "testing")]
    pub(crate) fn leaked(&self) -> Required {
        Required::new(self.0.clone().leak(), self.to_string().leak())
    }
}

impl From<Required> for Gathered {
    fn from(required: Required) -> Self {
        Self(required.names.to_vec())
    }
}

impl fmt::Display for Gathered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}
