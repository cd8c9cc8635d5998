//! The scheme that decides a refusal which becomes a response inside an error type of the service.
//!
//! Such an error becomes a response by [`IntoResponse`](axum::response::IntoResponse), which has no argument for a scheme. So
//! the thread knows the scheme during this call. The call never waits, so nothing else runs on the thread meanwhile. No accepted
//! request pays for it.

use std::{cell::Cell, thread::LocalKey};

use crate::scheme::info::SchemeInfo;

thread_local! {
    static SCHEME: Cell<Option<&'static SchemeInfo>> = const { Cell::new(None) };
    static IN_RESPONDER: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work`. A refusal that becomes a response in it refuses as `scheme` does.
#[inline]
pub(crate) fn decided_by<T>(scheme: Option<&'static SchemeInfo>, work: impl FnOnce() -> T) -> T {
    let _before = Before { cell: &SCHEME, value: SCHEME.replace(scheme) };
    work()
}

pub(super) fn scheme_that_decides() -> Option<&'static SchemeInfo> {
    SCHEME.get()
}

/// Calls the service's responder. A refusal that becomes a response in it has the library's body, or else the responder would
/// call itself for ever.
pub(super) fn in_responder<T>(work: impl FnOnce() -> T) -> T {
    let _before = Before { cell: &IN_RESPONDER, value: IN_RESPONDER.replace(true) };
    work()
}

pub(super) fn is_in_responder() -> bool {
    IN_RESPONDER.get()
}

/// Restores the value from before the call, after a panic as well.
struct Before<T: Copy + 'static> {
    cell: &'static LocalKey<Cell<T>>,
    value: T,
}

impl<T: Copy + 'static> Drop for Before<T> {
    fn drop(&mut self) {
        self.cell.set(self.value);
    }
}
