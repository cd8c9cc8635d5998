//! A clause: one scope that is required, or several of which one is enough.

use std::{fmt, slice};

use super::{
    grammar::{contains, same},
    template::is_template,
};

/// The alternatives of a clause. Those that the user wrote come first, in order of preference. Behind them are the scopes that
/// include one of them.
#[derive(Clone, Copy)]
pub(crate) struct Clause {
    names: &'static [&'static str],
    written: usize,
}

impl Clause {
    /// No clause. It fills the rest of an array.
    pub(super) const VACANT: Self = Self { names: &[], written: 0 };

    pub(super) const fn one(name: &'static &'static str) -> Self {
        Self::any(slice::from_ref(name))
    }

    pub(super) const fn any(names: &'static [&'static str]) -> Self {
        Self { names, written: names.len() }
    }

    /// A clause whose first `written` names the user wrote.
    pub(super) const fn closed(names: &'static [&'static str], written: usize) -> Self {
        Self { names, written }
    }

    /// All names. A credential that grants one of them is enough.
    pub(crate) const fn names(self) -> &'static [&'static str] {
        self.names
    }

    /// Whether a request fills in parts of a name.
    pub(super) const fn has_templates(self) -> bool {
        let mut i = 0;
        while i < self.names.len() {
            if is_template(self.names[i]) {
                return true;
            }
            i += 1;
        }
        false
    }

    /// The names that the user wrote.
    pub(crate) const fn written(self) -> &'static [&'static str] {
        self.names.split_at(self.written).0
    }

    /// The preferred name.
    pub(super) const fn first(self) -> &'static str {
        self.names[0]
    }

    /// Whether a scope is enough here.
    pub(crate) const fn admits(self, name: &str) -> bool {
        contains(self.names, self.names.len(), name)
    }

    /// Whether one of these scopes is enough here.
    pub(super) const fn admits_one_of(self, names: &[&str], len: usize) -> bool {
        let mut i = 0;
        while i < len {
            if self.admits(names[i]) {
                return true;
            }
            i += 1;
        }
        false
    }

    /// Whether every credential that is enough here is enough for `weaker`.
    pub(crate) const fn implies(self, weaker: Self) -> bool {
        if self.names.len() == 1 && weaker.names.len() == 1 {
            return same(self.names[0], weaker.names[0]);
        }
        let mut i = 0;
        while i < self.names.len() {
            if !weaker.admits(self.names[i]) {
                return false;
            }
            i += 1;
        }
        true
    }
}

/// Shows a name, or `any("a", "b")`.
impl fmt::Debug for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.written() {
            [name] => name.fmt(f),
            names => names.iter().fold(&mut f.debug_tuple("any"), |tuple, name| tuple.field(name)).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_implies_those_with_more_alternatives() {
        let [a, b, ab, ba, abc] = [&["a"][..], &["b"], &["a", "b"], &["b", "a"], &["a", "b", "c"]].map(Clause::any);
        for (strong, weak) in [(a, a), (a, ab), (b, ba), (ab, ba), (ab, abc)] {
            assert!(strong.implies(weak), "{strong:?} {weak:?}");
        }
        for (other, strong) in [(a, b), (ab, a), (abc, ab), (abc, b)] {
            assert!(!other.implies(strong), "{other:?} {strong:?}");
        }
    }

    #[test]
    fn a_clause_is_filled_in_if_one_of_its_names_is() {
        for (clause, is) in
            [(&["a", "b:{x}"][..], true), (&["b:{x}", "a"], true), (&["a", "b"], false), (&["a"], false)]
        {
            assert_eq!(Clause::any(clause).has_templates(), is, "{clause:?}");
        }
        assert!(Clause::closed(&["a", "b:{x}"], 1).has_templates());
        assert!(!Clause::VACANT.has_templates());
    }
}
