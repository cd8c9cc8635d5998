//! Merging at compile time: lists of scopes along a path become one list, one string and one challenge.
//!
//! The length of a merged list depends on type parameters, and Rust has no arrays of such a length yet. So each list is
//! built in the smallest of three sizes that holds it, and only that one reaches the binary.

use std::marker::PhantomData;

use super::{grammar::contains, own::OwnScopes, required::Required};
use crate::text::constant::Text;

/// The most scopes that one path may require.
pub(crate) const MOST_SCOPES: usize = 64;
/// The most bytes that the scopes of one path may take, joined by spaces.
pub(crate) const MOST_BYTES: usize = 4096;

const TOO_MANY: &str = "more than 64 scopes are required along one path; require fewer";
const TOO_LONG: &str = "the scopes required along one path are longer than 4096 bytes; require fewer or shorter ones";

/// The challenge before its scopes.
const PREFIX: &str = "Bearer scope=\"";
/// The most bytes of a challenge that names scopes and nothing else.
pub(crate) const MOST_TEXT: usize = PREFIX.len() + MOST_BYTES + 1;

/// At most `N` names, in the order of their first occurrence.
#[derive(Debug)]
pub(crate) struct Merged<const N: usize> {
    names: [&'static str; N],
    len: usize,
}

impl<const N: usize> Merged<N> {
    pub(crate) const EMPTY: Self = Self { names: [""; N], len: 0 };

    pub(super) const fn new(outer: Required, inner: OwnScopes) -> Self {
        Self::EMPTY.with(outer.names()).and(inner)
    }

    /// Appends the new names. Once there are too many, it stays so.
    pub(crate) const fn and(&self, inner: OwnScopes) -> Self {
        self.with(inner.list())
    }

    const fn with(&self, list: &[&'static str]) -> Self {
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

    /// The names, unless there are too many.
    pub(super) const fn list(&self) -> Option<&[&'static str]> {
        if self.len <= N { Some(self.names.split_at(self.len).0) } else { None }
    }
}

impl Merged<MOST_SCOPES> {
    /// The compiler's message if a path requires more than its constants can hold.
    pub(crate) const fn too_much(&self) -> Option<&'static str> {
        match self.list() {
            None => Some(TOO_MANY),
            Some(list) if quoted::<MOST_TEXT>(list).str().is_none() => Some(TOO_LONG),
            Some(_) => None,
        }
    }
}

/// An upper bound on what a path requires: the number of its names, and their bytes with a space after each. Repeats count, so
/// the compiler finds it much faster than the merged list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    names: usize,
    bytes: usize,
}

impl Size {
    pub(crate) const ZERO: Self = Self { names: 0, bytes: 0 };

    pub(crate) const fn and(mut self, own: OwnScopes) -> Self {
        let list = own.list();
        let mut i = 0;
        while i < list.len() {
            self.bytes += list[i].len() + 1;
            i += 1;
        }
        self.names += list.len();
        self
    }

    /// The larger number of names, and the larger number of bytes.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self { names: larger(self.names, other.names), bytes: larger(self.bytes, other.bytes) }
    }

    pub(crate) const fn may_be_too_much(self) -> bool {
        self.names > MOST_SCOPES || self.bytes > MOST_BYTES
    }
}

const fn larger(a: usize, b: usize) -> usize {
    if a < b { b } else { a }
}

/// One step of a path: the scopes that are required further out, and those that this step adds.
pub(crate) trait Step {
    const OUTER: Required;
    const INNER: OwnScopes;
}

/// The merged scopes of a [`Step`].
pub(crate) struct Merge<P: ?Sized>(PhantomData<P>);

impl<P: Step + ?Sized> Merge<P> {
    const FEW: &'static Merged<4> = &Merged::new(P::OUTER, P::INNER);
    const SOME: &'static Merged<16> = &Merged::new(P::OUTER, P::INNER);
    const MANY: &'static Merged<MOST_SCOPES> = &Merged::new(P::OUTER, P::INNER);

    const NAMES: &'static [&'static str] = match Self::FEW.list() {
        Some(list) => list,
        None => Self::some(),
    };

    // The compiler always evaluates the constants that a constant names. It evaluates those that a function names only if that
    // is called.
    const fn some() -> &'static [&'static str] {
        match Self::SOME.list() {
            Some(list) => list,
            None => Self::many(),
        }
    }

    const fn many() -> &'static [&'static str] {
        match Self::MANY.list() {
            Some(list) => list,
            None => panic!("{}", TOO_MANY),
        }
    }

    const SHORT: &'static Text<64> = &quoted(Self::NAMES);
    const MIDDLE: &'static Text<256> = &quoted(Self::NAMES);
    const LONG: &'static Text<MOST_TEXT> = &quoted(Self::NAMES);

    /// The challenge that names the scopes and nothing else. [`REQUIRED`](Self::REQUIRED) shares its text.
    pub(crate) const QUOTED: &'static str = match Self::SHORT.str() {
        Some(text) => text,
        None => Self::middle(),
    };

    const fn middle() -> &'static str {
        match Self::MIDDLE.str() {
            Some(text) => text,
            None => Self::long(),
        }
    }

    const fn long() -> &'static str {
        match Self::LONG.str() {
            Some(text) => text,
            None => panic!("{}", TOO_LONG),
        }
    }

    /// The required scopes, outermost first, repeats dropped.
    pub(crate) const REQUIRED: Required = Required::new(Self::NAMES, scope_str(Self::QUOTED));
}

/// `Bearer scope="a b"`. [`scope_str`] cuts the joined scopes from it.
pub(super) const fn quoted<const N: usize>(names: &[&str]) -> Text<N> {
    let mut text = Text::new().put(PREFIX);
    let mut i = 0;
    while i < names.len() {
        if i > 0 {
            text = text.put(" ");
        }
        text = text.put(names[i]);
        i += 1;
    }
    text.put("\"")
}

/// The joined scopes in a [`quoted`] text.
pub(super) const fn scope_str(quoted: &'static str) -> &'static str {
    let (_, rest) = quoted.split_at(PREFIX.len());
    rest.split_at(rest.len() - 1).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scopes::own::Written;

    fn merged<const N: usize>(outer: Written, inner: Written) -> Merged<N> {
        Merged::new(Required::new(outer, ""), OwnScopes::new(inner))
    }

    #[test]
    fn merging_keeps_the_first_of_each_name() {
        let merged = merged::<4>(&["items", "me"], &["me", "admin"]);
        assert_eq!(merged.list(), Some(&["items", "me", "admin"][..]));
    }

    #[test]
    fn names_and_text_that_do_not_fit_are_reported() {
        assert_eq!(merged::<2>(&["a", "b"], &["c"]).list(), None);
        assert_eq!(merged::<2>(&["a", "b"], &["b"]).list(), Some(&["a", "b"][..]));
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
