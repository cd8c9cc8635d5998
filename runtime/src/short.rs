//! Text that is nearly always short: kept in place up to 62 bytes, so that a request allocates nothing for it.

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use arrayvec::ArrayString;

/// With the length and the kind, 64 bytes and a word.
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
