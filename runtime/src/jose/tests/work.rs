//! Counts the work of this thread, to show that nothing is done twice.

use std::{cell::Cell, thread::LocalKey};

thread_local! {
    /// Verified signatures.
    pub(crate) static VERIFICATIONS: Cell<usize> = const { Cell::new(0) };
    pub(crate) static SPLITS: Cell<usize> = const { Cell::new(0) };
    /// Parsed headers.
    pub(crate) static HEADERS: Cell<usize> = const { Cell::new(0) };
    /// Decoded payloads.
    pub(crate) static PAYLOADS: Cell<usize> = const { Cell::new(0) };
}

pub(crate) fn add_one(count: &'static LocalKey<Cell<usize>>) {
    count.set(count.get() + 1);
}

/// The counts so far: texts split, headers parsed, payloads decoded.
#[cfg_attr(not(feature = "issuer"), expect(dead_code, reason = "where it matters is behind the feature"))]
pub(crate) fn done() -> [usize; 3] {
    [SPLITS.get(), HEADERS.get(), PAYLOADS.get()]
}
