//! Merging at compile time: lists of scopes along a path become one list, one string and one challenge.
//!
//! The length of a merged list depends on type parameters, and Rust has no arrays of such a length yet. So each list is
//! built in the smallest of three sizes that holds it, and only that one reaches the binary.

use super::{ScopeList, grammar::contains};
use crate::text::constant::Text;

/// The most scopes that one path may require.
pub(crate) const MOST_SCOPES: usize = 64;
/// The most bytes that the scopes of one path may take, joined by spaces.
pub(crate) const MOST_BYTES: usize = 4096;

/// What stands before the scopes in the challenge.
const PREFIX: &str = "Bearer scope=\"";
/// The most bytes that a challenge may take.
pub(crate) const MOST_TEXT: usize = PREFIX.len() + MOST_BYTES + 1;

/// Names in the order in which they first came, at most `N` of them.
#[derive(Debug)]
pub(crate) struct Merged<const N: usize> {
    names: [&'static str; N],
    len: usize,
}

impl<const N: usize> Merged<N> {
    pub(crate) const EMPTY: Self = Self { names: [""; N], len: 0 };

    pub(crate) const fn new(outer: ScopeList, inner: ScopeList) -> Self {
        Self::EMPTY.and(outer).and(inner)
    }

    /// Appends the names that are not in it yet; once there are too many it stays so.
    pub(crate) const fn and(&self, list: ScopeList) -> Self {
        let Self { mut names, mut len } = *self;
        let mut i = 0;
        while i < list.len() && len <= N {
            if !contains(&names, len, list[i]) {
                if len < N {
                    names[len] = list[i];
                }
                len += 1;
            }
            i += 1;
        }
        Self { names, len }
    }

    /// The names, if all of them found a place.
    pub(crate) const fn list(&self) -> Option<&[&'static str]> {
        if self.len <= N { Some(self.names.split_at(self.len).0) } else { None }
    }
}

/// The same rule at run time, for what only people and tests see.
pub(crate) fn merged<'a>(outer: &[&'a str], inner: &[&'a str]) -> Vec<&'a str> {
    let mut list = outer.to_vec();
    for name in inner {
        if !list.contains(name) {
            list.push(name);
        }
    }
    list
}

/// `Bearer scope="a b"`, from which the joined scopes are cut.
pub(crate) const fn quoted<const N: usize>(scopes: &[&str]) -> Text<N> {
    Text::new().put(PREFIX).put_all(scopes, " ").put("\"")
}

/// The scopes between the quotes of a [`quoted`].
pub(crate) const fn scope_str(quoted: &'static str) -> &'static str {
    let (_, rest) = quoted.split_at(PREFIX.len());
    rest.split_at(rest.len() - 1).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_keeps_the_first_of_each_name() {
        let merged = Merged::<4>::new(&["items", "me"], &["me", "admin"]);
        assert_eq!(merged.list(), Some(&["items", "me", "admin"][..]));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert_eq!(Merged::<2>::new(&["a", "b"], &["c"]).list(), None);
        assert_eq!(Merged::<2>::new(&["a", "b"], &["b"]).list(), Some(&["a", "b"][..]));
        assert_eq!(Text::<3>::new().put("ab").put("cd").put("e").str(), None);
        assert_eq!(Text::<4>::new().put("ab").put("cd").str(), Some("abcd"));
    }

    #[test]
    fn the_scopes_are_cut_from_the_challenge() {
        const TEXT: Text<64> = quoted(&["items", "me"]);
        assert_eq!(TEXT.str(), Some("Bearer scope=\"items me\""));
        const CUT: &str = scope_str("Bearer scope=\"items me\"");
        assert_eq!(CUT, "items me");
    }
}
