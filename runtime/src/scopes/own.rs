//! The scopes of one function, or of one parameter. They come in as the attribute writes them, and the first mistake in each
//! goes out.

use std::fmt;

use super::grammar::{contains, has_control_character, is_scope_token};

/// Scopes as expansions write them.
pub(crate) type Written = &'static [&'static str];

/// The scopes that one function declares, or one of its parameters.
#[derive(Clone, Copy)]
pub struct OwnScopes(Written);

/// A mistake in a scope that the user wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    Empty,
    ControlCharacter,
    NoScopeToken,
    /// The same scope stands further left.
    Repeated,
}

impl OwnScopes {
    pub(crate) const NONE: Self = Self(&[]);

    pub(crate) const fn new(written: Written) -> Self {
        Self(written)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The scope at place `i`.
    pub(crate) const fn name(self, i: usize) -> &'static str {
        self.0[i]
    }

    /// Whether place `i` is the last.
    pub(crate) const fn is_last(self, i: usize) -> bool {
        i + 1 == self.0.len()
    }

    /// The first mistake at place `i`, if there is one. Names follow RFC 6749 §3.3, and stand in a list once.
    pub(crate) const fn mistake(self, i: usize) -> Option<Mistake> {
        let name = self.0[i];
        if name.is_empty() {
            Some(Mistake::Empty)
        } else if has_control_character(name) {
            Some(Mistake::ControlCharacter)
        } else if !is_scope_token(name) {
            Some(Mistake::NoScopeToken)
        } else if contains(self.0, i, name) {
            Some(Mistake::Repeated)
        } else {
            None
        }
    }

    pub(super) const fn list(self) -> Written {
        self.0
    }
}

/// Shows a list of names.
impl fmt::Debug for OwnScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_found_at_its_place() {
        const OWN: OwnScopes = OwnScopes::new(&["a", "", "b\n", "c d", "a", "e"]);
        let mistakes = [0, 1, 2, 3, 4, 5].map(|i| OWN.mistake(i));
        let [empty, control, token, repeated] =
            [Mistake::Empty, Mistake::ControlCharacter, Mistake::NoScopeToken, Mistake::Repeated].map(Some);
        assert_eq!(mistakes, [None, empty, control, token, repeated, None]);
        assert_eq!((OWN.name(3), OWN.is_last(4), OWN.is_last(5)), ("c d", false, true));
    }
}
