//! Clauses that are all required, as an array of a fixed size, and an upper bound on their number.

use super::{
    clause::Clause,
    limits::{MOST_BYTES, MOST_SCOPES, TOO_LONG, TOO_MANY},
    own::OwnScopes,
    required::Required,
    text::{MOST_TEXT, quoted},
};

/// At most `N` clauses, in the order of their first occurrence. None of them implies another.
pub(crate) struct Merged<const N: usize> {
    clauses: [Clause; N],
    len: usize,
}

impl<const N: usize> Merged<N> {
    pub(crate) const EMPTY: Self = Self { clauses: [Clause::VACANT; N], len: 0 };

    pub(crate) const fn new(outer: Required, inner: OwnScopes) -> Self {
        let mut merged = Self::EMPTY;
        let mut i = 0;
        while i < outer.len() {
            merged.add(outer.clause(i));
            i += 1;
        }
        merged.and(inner)
    }

    /// The same clauses and those that a step further in adds.
    pub(crate) const fn and(&self, inner: OwnScopes) -> Self {
        let Self { clauses, len } = *self;
        let mut merged = Self { clauses, len };
        let mut i = 0;
        while i < inner.len() {
            merged.add(inner.clause(i));
            i += 1;
        }
        merged
    }

    /// Appends a clause, unless another one implies it. It takes the place of those that it implies. Once there are too many
    /// clauses, it stays so.
    pub(super) const fn add(&mut self, new: Clause) {
        if self.len > N {
            return;
        }
        let (mut kept, mut placed, mut i) = (0, false, 0);
        while i < self.len {
            let known = self.clauses[i];
            if !placed && known.implies(new) {
                return;
            }
            if !new.implies(known) {
                self.clauses[kept] = known;
                kept += 1;
            } else if !placed {
                self.clauses[kept] = new;
                kept += 1;
                placed = true;
            }
            i += 1;
        }
        if !placed {
            if kept < N {
                self.clauses[kept] = new;
            }
            kept += 1;
        }
        self.len = kept;
    }

    /// The clauses, unless there are too many.
    pub(crate) const fn list(&self) -> Option<&[Clause]> {
        if self.len <= N { Some(self.clauses.split_at(self.len).0) } else { None }
    }
}

impl Merged<MOST_SCOPES> {
    /// The compiler's message if a path requires more than its constants can hold.
    pub(crate) const fn too_much(&self) -> Option<&'static str> {
        let Some(list) = self.list() else { return Some(TOO_MANY) };
        let mut firsts = [""; MOST_SCOPES];
        let mut i = 0;
        while i < list.len() {
            firsts[i] = list[i].first();
            i += 1;
        }
        let is_too_long = quoted::<MOST_TEXT>(firsts.split_at(list.len()).0).str().is_none();
        if is_too_long { Some(TOO_LONG) } else { None }
    }
}

/// An upper bound on what a path requires: the number of its clauses, and the bytes of their longest names with a space after
/// each. Repeats count, so the compiler finds it much faster than the merged list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    clauses: usize,
    bytes: usize,
}

impl Size {
    pub(crate) const ZERO: Self = Self { clauses: 0, bytes: 0 };

    pub(crate) const fn and(mut self, own: OwnScopes) -> Self {
        if own.is_empty() {
            return self;
        }
        let (mut i, len) = (0, own.len());
        while i < len {
            let mut names = own.clause(i).names();
            let mut longest = 0;
            while let [name, rest @ ..] = names {
                longest = larger(longest, name.len());
                names = rest;
            }
            self.bytes += longest + 1;
            i += 1;
        }
        self.clauses += len;
        self
    }

    /// The larger number of clauses, and the larger number of bytes.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self { clauses: larger(self.clauses, other.clauses), bytes: larger(self.bytes, other.bytes) }
    }

    pub(crate) const fn may_be_too_much(self) -> bool {
        self.clauses > MOST_SCOPES || self.bytes > MOST_BYTES
    }
}

const fn larger(a: usize, b: usize) -> usize {
    if a < b { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{scopes::own::Written, text::constant::Text};

    fn merged<const N: usize>(outer: Written, inner: Written) -> Merged<N> {
        Merged::EMPTY.and(OwnScopes::new(outer)).and(OwnScopes::new(inner))
    }

    fn names<const N: usize>(merged: &Merged<N>) -> Option<Vec<&'static str>> {
        merged.list().map(|list| list.iter().map(|clause| clause.first()).collect())
    }

    #[test]
    fn merging_keeps_the_first_of_each_name() {
        assert_eq!(names(&merged::<4>(&["items", "me"], &["me", "admin"])), Some(vec!["items", "me", "admin"]));
    }

    #[test]
    fn names_and_text_that_do_not_fit_are_reported() {
        assert_eq!(names(&merged::<2>(&["a", "b"], &["c"])), None);
        assert_eq!(names(&merged::<2>(&["a", "b"], &["b"])), Some(vec!["a", "b"]));
        assert_eq!(Text::<3>::new().put("ab").put("cd").put("e").str(), None);
        assert_eq!(Text::<4>::new().put("ab").put("cd").str(), Some("abcd"));
    }

    #[test]
    fn a_stronger_clause_takes_the_place_of_weaker_ones() {
        let weak = OwnScopes::of_clauses(&[&["a", "b"], &["c", "d"], &["b", "e"]]);
        let both = Merged::<4>::EMPTY.and(weak).and(OwnScopes::new(&["b", "f"]));
        assert_eq!(format!("{:?}", both.list()), "Some([\"b\", any(\"c\", \"d\"), \"f\"])");
        let again = both.and(weak);
        assert_eq!(format!("{:?}", again.list()), "Some([\"b\", any(\"c\", \"d\"), \"f\"])");
    }

    fn numbered(count: usize, length: usize) -> Written {
        (0..count).map(|i| &*format!("{i:0>length$}").leak()).collect::<Vec<_>>().leak()
    }

    #[test]
    fn a_list_is_too_much_beyond_its_limits() {
        let of = |names| Merged::<MOST_SCOPES>::EMPTY.and(OwnScopes::new(names)).too_much();
        assert_eq!(of(&[]), None);
        assert_eq!(of(numbered(MOST_SCOPES, 4)), None);
        assert_eq!(of(numbered(MOST_SCOPES + 1, 4)), Some(TOO_MANY));
        // With a space between two.
        let most = numbered(31, MOST_BYTES / 32 - 1);
        for (bytes, expected) in [(MOST_BYTES, None), (MOST_BYTES + 1, Some(TOO_LONG))] {
            let last: &str = "z".repeat(bytes - most.join(" ").len() - 1).leak();
            let names: Written = [most, &[last]].concat().leak();
            assert_eq!(names.join(" ").len(), bytes);
            assert_eq!(of(names), expected);
        }
    }

    #[test]
    fn a_size_is_the_number_of_clauses_and_the_bytes_of_their_longest_names() {
        let own = OwnScopes::new(&["ab", "c"]);
        assert_eq!(Size::ZERO.and(own), Size { clauses: 2, bytes: 5 });
        assert_eq!(Size::ZERO.and(own).and(own), Size { clauses: 4, bytes: 10 });
        let any = OwnScopes::of_clauses(&[&["a", "bcd", "e"], &["f"]]);
        assert_eq!(Size::ZERO.and(any), Size { clauses: 2, bytes: 6 });
        let sizes = (Size { clauses: 1, bytes: 9 }, Size { clauses: 2, bytes: 3 });
        assert_eq!(sizes.0.or(sizes.1), Size { clauses: 2, bytes: 9 });
        assert_eq!(sizes.1.or(sizes.0), Size { clauses: 2, bytes: 9 });
    }

    #[test]
    fn a_size_may_be_too_much_beyond_the_limits() {
        for (clauses, bytes, may) in
            [(MOST_SCOPES, MOST_BYTES, false), (MOST_SCOPES + 1, 0, true), (0, MOST_BYTES + 1, true), (0, 0, false)]
        {
            assert_eq!(Size { clauses, bytes }.may_be_too_much(), may, "{clauses} {bytes}");
        }
    }
}
