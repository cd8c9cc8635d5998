//! The place that decides a refusal which becomes a response inside an error type of the service: its scheme, and whether
//! somebody asks if a credential is missing.
//!
//! Such an error becomes a response by [`IntoResponse`](axum::response::IntoResponse), which has no argument for a place. So
//! the thread knows the place during this call. The call never waits, so nothing else runs on the thread meanwhile. No accepted
//! request pays for it.

use std::{cell::Cell, thread::LocalKey};

use crate::scheme::info::SchemeInfo;

/// The place of a refusal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deciding {
    pub(crate) scheme: Option<&'static SchemeInfo>,
    /// Whether the response has to tell that the request has no credential.
    pub(crate) optional: bool,
}

thread_local! {
    static PLACE: Cell<Deciding> = const { Cell::new(Deciding { scheme: None, optional: false }) };
    static IN_RESPONDER: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work`. A refusal that becomes a response in it refuses as `place` does.
#[inline]
pub(crate) fn decided_by<T>(place: Deciding, work: impl FnOnce() -> T) -> T {
    let _before = Before { cell: &PLACE, value: PLACE.replace(place) };
    work()
}

pub(super) fn scheme_that_decides() -> Option<&'static SchemeInfo> {
    PLACE.get().scheme
}

pub(super) fn has_to_tell_absence() -> bool {
    PLACE.get().optional
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
