//! Merging at compile time: lists of scopes along a path become one list, one string and one challenge.
//!
//! The length of a merged list depends on type parameters, and Rust has no arrays of such a length yet. So each list is
//! built in the smallest of three sizes that holds it, and only that one reaches the binary.

use super::{ScopeList, grammar::contains};

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

/// Text of at most `N` bytes that is put together at compile time.
#[derive(Debug)]
pub(crate) struct Text<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Text<N> {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; N], len: 0 }
    }

    /// Appends `part`; once the text is too long it stays so.
    pub(crate) const fn put(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        if self.len + part.len() > N {
            self.len = N + 1;
            return self;
        }
        let mut i = 0;
        while i < part.len() {
            self.bytes[self.len] = part[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    /// Appends the names of `list`, `between` each two.
    pub(crate) const fn put_all(mut self, list: &[&str], between: &str) -> Self {
        let mut i = 0;
        while i < list.len() && self.len <= N {
            if i > 0 {
                self = self.put(between);
            }
            self = self.put(list[i]);
            i += 1;
        }
        self
    }

    /// The text, if it found room.
    pub(crate) const fn str(&self) -> Option<&str> {
        if self.len > N {
            return None;
        }
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => Some(text),
            Err(_) => None,
        }
    }

    /// The text, or `otherwise` where it found no room.
    pub(crate) const fn str_or(&self, otherwise: &'static str) -> &str {
        match self.str() {
            Some(text) => text,
            None => otherwise,
        }
    }
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
