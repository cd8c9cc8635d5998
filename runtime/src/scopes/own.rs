//! The scopes of one function, or of one parameter. They come in as the attribute writes them, and the first mistake in each
//! goes out.

use std::fmt;

use super::{
    clause::Clause,
    grammar::{contains, has_control_character, is_scope_token_with_brace, same},
    implied::{Implies, includes},
    template,
};

/// Scopes as expansions write them, each of which is required.
pub(crate) type Written = &'static [&'static str];

/// Scopes as expansions write them if one of them is `any(…)`: the alternatives of each.
pub(crate) type WrittenClauses = &'static [&'static [&'static str]];

/// The scopes that one function declares, or one of its parameters.
#[derive(Clone, Copy)]
pub struct OwnScopes {
    /// Empty if there are clauses.
    names: Written,
    clauses: WrittenClauses,
}

/// A mistake in a scope that the user wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    Empty,
    ControlCharacter,
    NoScopeToken,
    /// Its braces are wrong. The text stands behind "is a template".
    Template(&'static str),
    /// The same scope stands further left.
    Repeated,
    /// The clause always holds where this other scope of the list is granted.
    Pointless(&'static str),
    /// The clause always holds where another one with alternatives does.
    Weaker,
    /// This other alternative of the clause is included in the scope.
    NeedlessAlternative(&'static str),
}

impl OwnScopes {
    pub(crate) const NONE: Self = Self::new(&[]);

    pub(crate) const fn new(names: Written) -> Self {
        Self { names, clauses: &[] }
    }

    pub(crate) const fn of_clauses(clauses: WrittenClauses) -> Self {
        Self { names: &[], clauses }
    }

    pub(crate) const fn is_empty(self) -> bool {
        matches!(self, Self { names: [], clauses: [] })
    }

    /// The number of clauses.
    pub(crate) const fn len(self) -> usize {
        // One of both is empty.
        self.names.len() + self.clauses.len()
    }

    /// Whether one of them is `any(…)`.
    pub(crate) const fn has_alternatives(self) -> bool {
        !matches!(self.clauses, [])
    }

    /// Whether alternative `j` of the clause at place `i` is the last of all.
    pub(crate) const fn is_last(self, i: usize, j: usize) -> bool {
        i + 1 == self.len() && (matches!(self.clauses, []) || j + 1 == self.clauses[i].len())
    }

    /// The name of alternative `j` of the clause at place `i`.
    pub(crate) const fn name(self, i: usize, j: usize) -> &'static str {
        if matches!(self.clauses, []) { self.names[i] } else { self.clauses[i][j] }
    }

    /// The clause at place `i`.
    pub(crate) const fn clause(self, i: usize) -> Clause {
        if matches!(self.clauses, []) { Clause::one(&self.names[i]) } else { Clause::any(self.clauses[i]) }
    }

    /// The first mistake in alternative `j` of the clause at place `i`, if there is one. Names follow RFC 6749 §3.3.
    pub(crate) const fn mistake(self, i: usize, j: usize, implies: Implies) -> Option<Mistake> {
        let name = self.name(i, j);
        let (is_scope_token, has_brace) = is_scope_token_with_brace(name);
        if !is_scope_token {
            return Some(if name.is_empty() {
                Mistake::Empty
            } else if has_control_character(name) {
                Mistake::ControlCharacter
            } else {
                Mistake::NoScopeToken
            });
        }
        if has_brace && let Some(mistake) = template::mistake(name) {
            return Some(Mistake::Template(mistake));
        }
        if let ([], []) = (self.clauses, implies) {
            return if contains(self.names, i, name) { Some(Mistake::Repeated) } else { None };
        }
        match alternative_mistake(self.clause(i), j, implies) {
            None if j == 0 => self.clause_mistake(i, implies),
            mistake => mistake,
        }
    }

    /// A clause is a mistake beside another one that is at least as strong.
    const fn clause_mistake(self, i: usize, implies: Implies) -> Option<Mistake> {
        let clause = self.clause(i);
        let mut k = 0;
        while k < self.len() {
            let other = self.clause(k);
            // Of two that mean the same, the second is the mistake.
            if k != i && always_holds(clause, other, implies) && !(k > i && always_holds(other, clause, implies)) {
                let is_repeated = clause.names().len() == 1 && same(clause.first(), other.first());
                return Some(match other.names().len() {
                    1 if is_repeated => Mistake::Repeated,
                    1 => Mistake::Pointless(other.first()),
                    _ => Mistake::Weaker,
                });
            }
            k += 1;
        }
        None
    }
}

/// Whether `weak` holds wherever `strong` does.
const fn always_holds(weak: Clause, strong: Clause, implies: Implies) -> bool {
    let mut i = 0;
    while i < strong.names().len() {
        let name = strong.names()[i];
        let mut j = 0;
        let mut holds = false;
        while j < weak.names().len() {
            holds |= same(name, weak.names()[j]) || includes(implies, name, weak.names()[j]);
            j += 1;
        }
        if !holds {
            return false;
        }
        i += 1;
    }
    true
}

const fn alternative_mistake(clause: Clause, j: usize, implies: Implies) -> Option<Mistake> {
    let name = clause.names()[j];
    let mut k = 0;
    while k < clause.names().len() {
        let other = clause.names()[k];
        if k < j && same(name, other) {
            return Some(Mistake::Repeated);
        }
        if k != j && includes(implies, name, other) {
            return Some(Mistake::NeedlessAlternative(other));
        }
        k += 1;
    }
    None
}

/// Shows a list of clauses.
impl fmt::Debug for OwnScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len()).map(|i| self.clause(i))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPLIES: Implies = &[("admin", &["read"])];

    #[test]
    fn a_mistake_is_found_at_its_place() {
        const OWN: OwnScopes = OwnScopes::new(&["a", "", "b\n", "c d", "a", "e"]);
        let mistakes = [0, 1, 2, 3, 4, 5].map(|i| OWN.mistake(i, 0, IMPLIES));
        let [empty, control, token, repeated] =
            [Mistake::Empty, Mistake::ControlCharacter, Mistake::NoScopeToken, Mistake::Repeated].map(Some);
        assert_eq!(mistakes, [None, empty, control, token, repeated, None]);
    }

    #[test]
    fn a_clause_that_another_one_makes_pointless_is_a_mistake() {
        const CASES: &[(WrittenClauses, usize, usize, Option<Mistake>)] = &[
            (&[&["a", "b"], &["c"]], 0, 0, None),
            (&[&["a", "a"], &["c"]], 0, 1, Some(Mistake::Repeated)),
            (&[&["a", "b"], &["b"]], 0, 0, Some(Mistake::Pointless("b"))),
            (&[&["a", "b"], &["b"]], 1, 0, None),
            (&[&["a", "b"], &["b", "a"]], 0, 0, None),
            (&[&["a", "b"], &["b", "a"]], 1, 0, Some(Mistake::Weaker)),
            (&[&["a", "b"], &["a", "b", "c"]], 1, 0, Some(Mistake::Weaker)),
            (&[&["read", "b"], &["admin"]], 0, 0, Some(Mistake::Pointless("admin"))),
            (&[&["read", "admin"], &["c"]], 0, 1, Some(Mistake::NeedlessAlternative("read"))),
        ];
        for (clauses, i, j, mistake) in CASES {
            assert_eq!(OwnScopes::of_clauses(clauses).mistake(*i, *j, IMPLIES), *mistake, "{clauses:?} {i} {j}");
        }
        let plain = OwnScopes::new(&["read", "admin"]);
        assert_eq!(plain.mistake(0, 0, IMPLIES), Some(Mistake::Pointless("admin")));
        assert_eq!(plain.mistake(1, 0, IMPLIES), None);
    }

    #[test]
    fn a_clause_is_told_once_at_its_first_alternative() {
        let own = OwnScopes::of_clauses(&[&["a", "b"], &["b"]]);
        assert_eq!(own.mistake(0, 0, IMPLIES), Some(Mistake::Pointless("b")));
        assert_eq!(own.mistake(0, 1, IMPLIES), None);
    }

    #[test]
    fn a_list_knows_its_last_name_and_whether_it_has_alternatives() {
        let (plain, any) = (OwnScopes::new(&["a", "b"]), OwnScopes::of_clauses(&[&["a", "b"], &["c", "d"]]));
        let last = |own: OwnScopes| -> Vec<_> {
            let places = [(0, 0), (0, 1), (1, 0), (1, 1)];
            places.into_iter().filter(|(i, j)| own.is_last(*i, *j)).collect()
        };
        assert_eq!(last(any), [(1, 1)]);
        assert_eq!(last(plain), [(1, 0), (1, 1)]);
        assert!(any.has_alternatives() && !plain.has_alternatives() && !OwnScopes::NONE.has_alternatives());
        assert!(OwnScopes::NONE.is_empty() && !any.is_empty() && !plain.is_empty());
        assert_eq!(format!("{plain:?} {any:?}"), r#"["a", "b"] [any("a", "b"), any("c", "d")]"#);
    }
}
