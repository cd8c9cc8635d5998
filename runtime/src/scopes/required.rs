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

#[cfg(test)]
mod tests {
    use super::*;

    use crate::{
        at_random::leak,
        scopes::{implied::Implies, template::fill, text::leaked},
    };

    fn required(clauses: &[&'static [&'static str]]) -> Required {
        leaked(leak(clauses.iter().map(|names| Clause::any(names)).collect::<Vec<_>>()), &[])
    }

    #[test]
    fn each_clause_needs_one_of_its_names() {
        let (plain, any) = (required(&[&["a"], &["b"]]), required(&[&["a", "b"], &["c"]]));
        for (granted, by_plain, by_any) in [
            (&["a", "b"][..], true, false),
            (&["a", "c"], false, true),
            (&["b", "c"], false, true),
            (&["a"], false, false),
            (&["c"], false, false),
            (&[], false, false),
        ] {
            assert_eq!((plain.is_covered_by(granted), any.is_covered_by(granted)), (by_plain, by_any), "{granted:?}");
            let filled = |required: Required| required.is_covered_filled(granted, |name| fill(name, |_| Err(())));
            assert_eq!((filled(plain), filled(any)), (Ok(by_plain), Ok(by_any)), "{granted:?}");
        }
        assert!(Required::NONE.is_covered_by(&[""; 0]));
        assert_eq!((plain.len(), any.len(), Required::NONE.len()), (2, 2, 0));
        assert_eq!((plain.text(), any.text()), ("a b", "a c"));
        assert!(any.alternatives().eq([&["a", "b"][..], &["c"]]) && plain.alternatives().eq([["a"], ["b"]]));
        assert!(Required::NONE.is_empty() && !plain.is_empty() && !any.is_empty());
        assert_eq!(format!("{any:?}"), r#"[any("a", "b"), "c"]"#);
    }

    #[test]
    fn a_request_fills_in_what_it_has_values_for() {
        let required = required(&[&["r:{x}", "admin"], &["r:{y}"]]);
        let with = |x: &'static str| move |name: &str| if name == "x" { Ok(x) } else { Err("y") };
        let both = |name: &str| if name == "x" { Ok("1") } else { Ok::<_, ()>("2") };
        let check = |granted: &[&str]| required.is_covered_filled(granted, |name| fill(name, both));
        assert_eq!(check(&["r:1", "r:2"]), Ok(true));
        assert_eq!(check(&["admin", "r:2"]), Ok(true));
        assert_eq!(check(&["r:1"]), Ok(false));
        assert_eq!(check(&["r:2"]), Ok(false));
        assert_eq!(check(&["r:{x}", "r:{y}"]), Ok(false));
        // A value that is missing is told, even if the other clause is met or not.
        for granted in [&["admin"][..], &[]] {
            assert_eq!(required.is_covered_filled(granted, |name| fill(name, with("1"))), Err(("r:{y}", "y")));
        }
        // No scope has a value that is unfit, but another alternative may be granted.
        let unfit = |name: &str| if name == "x" { Ok::<_, ()>("a b") } else { Ok("2") };
        assert_eq!(required.is_covered_filled(&["admin", "r:2"], |name| fill(name, unfit)), Ok(true));
        assert_eq!(required.is_covered_filled(&["r:a b", "r:2"], |name| fill(name, unfit)), Ok(false));
        assert_eq!(required.filled_text(|name| fill(name, both).ok()), "r:1 r:2");
        assert_eq!(required.filled_text(|name| fill(name, unfit).ok()), "");
    }

    #[test]
    fn a_filled_text_is_no_longer_than_one_that_is_written() {
        let value = "a".repeat(500);
        let text = |count: usize| {
            let names: Vec<_> = (0..count).map(|i| &*vec![&*format!("{i:0>3}{{x}}").leak()].leak()).collect();
            required(&names).filled_text(|name| fill(name, |_| Ok::<_, ()>(value.as_str())).ok())
        };
        assert_eq!(text(8).len(), 8 * 503 + 7);
        assert_eq!(text(9), "");
        let exact = |last: usize| {
            let names = [&*vec![&*"a".repeat(MOST_BYTES - 10).leak()].leak(), &["b{x}"]];
            let value = "c".repeat(last);
            required(&names).filled_text(|name| fill(name, |_| Ok::<_, ()>(value.as_str())).ok()).len()
        };
        assert_eq!((exact(8), exact(9)), (MOST_BYTES, 0));
    }

    #[test]
    fn a_value_fits_if_all_scopes_with_its_parameter_take_it() {
        let required = required(&[&["a:{x}", "b:{*x}:c"], &["d:{y}"]]);
        for (name, value, fits) in
            [("x", "1", true), ("x", "1/2", false), ("x", "1:2", false), ("y", "1:2", true), ("z", "1", false)]
        {
            assert_eq!(required.fits(name, value), fits, "{name} {value}");
        }
        assert!(required.has_templates() && !Required::NONE.has_templates());
    }

    #[test]
    fn the_same_scopes_are_required_in_any_order() {
        let ab = required(&[&["a"], &["b"]]);
        assert!(ab.same(required(&[&["b"], &["a"]])) && ab.same(ab));
        assert!(required(&[&["a", "b"]]).same(required(&[&["b", "a"]])));
        for other in [&[&["a"][..]][..], &[&["a"], &["c"]], &[&["a", "b"], &["b"]], &[&["a"], &["b"], &["c"]], &[]] {
            assert!(!ab.same(required(other)) && !required(other).same(ab), "{other:?}");
        }
    }

    #[test]
    fn clients_are_asked_for_the_scope_that_includes_less() {
        const IMPLIES: Implies = &[("admin", &["c"])];
        let clauses =
            crate::scopes::closed::closed(&[Clause::any(&["admin", "c", "x"]), Clause::any(&["c", "d"])], IMPLIES);
        assert_eq!(clauses.map(|clauses| leaked(clauses, IMPLIES).names()), Some(&["c"][..]));
    }
}
