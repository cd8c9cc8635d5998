//! Strings that are nearly always short. Up to 62 bytes are kept in place, so that a request allocates nothing for them.

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use arrayvec::ArrayString;

/// With its length and the tag, a [`Short`] then has 64 bytes and a word.
const IN_PLACE: usize = 62;

#[derive(Clone)]
pub(crate) enum Short {
    InPlace(ArrayString<IN_PLACE>),
    OnHeap(String),
}

impl Short {
    pub(crate) const EMPTY: Self = Self::OnHeap(String::new());

    pub(crate) fn new() -> Self {
        Self::InPlace(ArrayString::new())
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::InPlace(text) => text,
            Self::OnHeap(text) => text,
        }
    }

    pub(crate) fn push_str(&mut self, more: &str) {
        match self {
            Self::OnHeap(text) => text.push_str(more),
            Self::InPlace(text) => {
                if text.try_push_str(more).is_err() {
                    let mut all = String::with_capacity(text.len() + more.len());
                    all.push_str(text);
                    all.push_str(more);
                    *self = Self::OnHeap(all);
                }
            }
        }
    }
}

impl From<&str> for Short {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::OnHeap(text.to_owned()), Self::InPlace)
    }
}

impl Default for Short {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl PartialEq for Short {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Short {}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, RandomState};

    use super::Short;

    fn is_in_place(short: &Short) -> bool {
        matches!(short, Short::InPlace(_))
    }

    #[test]
    fn up_to_62_bytes_are_kept_in_place() {
        assert_eq!(size_of::<Short>(), 64 + size_of::<usize>());
        for (len, in_place) in [(0, true), (1, true), (61, true), (62, true), (63, false), (64, false), (1000, false)] {
            let text = "x".repeat(len);
            let short = Short::from(&*text);
            assert_eq!((short.as_str(), is_in_place(&short)), (&*text, in_place), "{len}");
            assert_eq!(format!("{short:?}"), format!("{text:?}"));
        }
        // In bytes, not characters.
        assert!(is_in_place(&Short::from(&*"\u{e9}".repeat(31))));
        assert!(!is_in_place(&Short::from(&*"\u{e9}".repeat(32))));
    }

    #[test]
    fn pushed_text_is_kept_whole() {
        let mut short = Short::new();
        for at in 0..200 {
            assert_eq!((short.as_str().len(), is_in_place(&short)), (at, at <= 62));
            short.push_str(if at % 2 == 0 { "a" } else { "b" });
        }
        assert_eq!(short.as_str(), "ab".repeat(100));
        // There is room for one more byte, and the character has two.
        let mut short = Short::from(&*"x".repeat(61));
        short.push_str("\u{e9}");
        assert_eq!((short.as_str(), is_in_place(&short)), (&*format!("{}\u{e9}", "x".repeat(61)), false));
        let mut empty = Short::EMPTY;
        empty.push_str("ab");
        assert_eq!(empty.as_str(), "ab");
    }

    #[test]
    fn texts_in_place_and_on_the_heap_are_equal() {
        let (in_place, mut on_heap) = (Short::from("ab"), Short::EMPTY);
        on_heap.push_str("ab");
        assert!(is_in_place(&in_place) && !is_in_place(&on_heap));
        let state = RandomState::new();
        assert_eq!(in_place, on_heap);
        assert_eq!(state.hash_one(&in_place), state.hash_one(&on_heap));
        assert_eq!(Short::new(), Short::default());
        assert_ne!(in_place, Short::from("ba"));
    }
}
