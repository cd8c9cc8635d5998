//! The scheme that is asked, for refusals inside an error type of the service's own.
//!
//! Such an error becomes a response by [`IntoResponse`](axum::response::IntoResponse), which has no argument for a scheme. So
//! the scheme stands beside the call. The call never waits, so nothing else runs on the thread meanwhile. The response
//! carries nothing of it, and no accepted request pays for it.

use std::cell::Cell;

use crate::scheme::info::SchemeInfo;

thread_local! {
    static ASKED: Cell<Option<&'static SchemeInfo>> = const { Cell::new(None) };
    static ANSWERING: Cell<bool> = const { Cell::new(false) };
}

/// What `work` returns. A refusal that becomes a response in it refuses as `scheme` does.
#[inline]
pub(crate) fn asking<T>(scheme: Option<&'static SchemeInfo>, work: impl FnOnce() -> T) -> T {
    let _before = Before(ASKED.replace(scheme));
    work()
}

pub(super) fn asked() -> Option<&'static SchemeInfo> {
    ASKED.get()
}

/// What the service's own function returns. A refusal that becomes a response in it has the library's body: the function
/// would call itself for ever.
pub(super) fn answering<T>(work: impl FnOnce() -> T) -> T {
    let _before = Answered(ANSWERING.replace(true));
    work()
}

/// Whether the service's own function makes a response just now.
pub(super) fn is_answering() -> bool {
    ANSWERING.get()
}

/// Brings back what was asked before, after a panic as well.
struct Before(Option<&'static SchemeInfo>);

impl Drop for Before {
    fn drop(&mut self) {
        ASKED.set(self.0);
    }
}

/// Brings back whether that was so before, after a panic as well.
struct Answered(bool);

impl Drop for Answered {
    fn drop(&mut self) {
        ANSWERING.set(self.0);
    }
}
