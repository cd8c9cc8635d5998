//! The place that decides a refusal which becomes a response inside an error type of the service: its scheme and scopes, and
//! whether somebody asks if a credential is missing.
//!
//! Such an error becomes a response by [`IntoResponse`](axum::response::IntoResponse), which has no argument for a place. So
//! the thread knows the place during this call. The call never waits, so nothing else runs on the thread meanwhile. No accepted
//! request pays for it.

use std::{
    cell::{Cell, RefCell},
    thread::LocalKey,
};

use super::asking::Asking;
use crate::scheme::info::SchemeInfo;

thread_local! {
    static PLACE: RefCell<Option<Asking>> = const { RefCell::new(None) };
    static IN_RESPONDER: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work`. A refusal that becomes a response in it refuses as at this place.
#[inline]
pub(crate) fn decided_by<T>(place: Asking, work: impl FnOnce() -> T) -> T {
    let _before = PlaceBefore(PLACE.replace(Some(place)));
    work()
}

/// Calls `work` with the place that decides, if there is one.
pub(super) fn with_place<T>(work: impl FnOnce(Option<&Asking>) -> T) -> T {
    PLACE.with_borrow(|place| work(place.as_ref()))
}

pub(super) fn scheme_that_decides() -> Option<&'static SchemeInfo> {
    with_place(|place| place.and_then(|place| place.requirement.scheme))
}

pub(super) fn has_to_tell_absence() -> bool {
    with_place(|place| place.is_some_and(|place| place.requirement.optional))
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

/// Restores the place from before the call, after a panic as well.
struct PlaceBefore(Option<Asking>);

impl Drop for PlaceBefore {
    fn drop(&mut self) {
        PLACE.set(self.0.take());
    }
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
