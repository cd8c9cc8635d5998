//! How often this thread has done what is to be done once.

use std::{cell::Cell, thread::LocalKey};

thread_local! {
    /// The arithmetic of a signature.
    pub(crate) static VERIFICATIONS: Cell<usize> = const { Cell::new(0) };
    pub(crate) static SPLITS: Cell<usize> = const { Cell::new(0) };
    /// Headers that were read.
    pub(crate) static HEADERS: Cell<usize> = const { Cell::new(0) };
    /// Payloads that were decoded.
    pub(crate) static PAYLOADS: Cell<usize> = const { Cell::new(0) };
}

pub(crate) fn add_one(count: &'static LocalKey<Cell<usize>>) {
    count.set(count.get() + 1);
}

/// How often each was done so far: texts split, headers read, payloads decoded.
#[cfg_attr(not(feature = "issuer"), expect(dead_code, reason = "where it matters is behind the feature"))]
pub(crate) fn done() -> [usize; 3] {
    [SPLITS.get(), HEADERS.get(), PAYLOADS.get()]
}
