//! Room to decode in, which a thread keeps from text to text.

use std::{cell::Cell, mem};

thread_local! {
    static SCRATCH: Cell<Scratch> = const { Cell::new(Scratch::EMPTY) };
}

pub(crate) struct Scratch {
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// A thread's own, while it is lent. It is given back empty of the text, also where `work` panics: another's memory may be
/// read by way of a mistake elsewhere. The memory stays in use, so ordinary writes will do, which are many times faster than
/// those that no compiler leaves out.
struct Lent(Scratch);

impl Drop for Lent {
    fn drop(&mut self) {
        let mut scratch = mem::replace(&mut self.0, Scratch::EMPTY);
        // Longer texts of before were overwritten in their turn.
        scratch.payload.fill(0);
        scratch.signature.fill(0);
        // At the end of a thread there is none any more.
        let _ = SCRATCH.try_with(|kept| kept.set(scratch));
    }
}

impl Scratch {
    const EMPTY: Self = Self { payload: Vec::new(), signature: Vec::new() };

    /// Lends the thread's own to `work`. What is called within `work`, and verifies a text itself, gets an empty one.
    pub(crate) fn with<R>(work: impl FnOnce(&mut Self) -> R) -> R {
        let mut lent = Lent(SCRATCH.try_with(|kept| kept.replace(Self::EMPTY)).unwrap_or(Self::EMPTY));
        work(&mut lent.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Scratch;

    #[test]
    fn a_text_is_overwritten_after_a_panic() {
        let panics = || {
            Scratch::with(|lent| {
                lent.payload.extend(b"payload");
                lent.signature.extend(b"signature");
                panic!("while the text is verified");
            })
        };
        assert!(std::panic::catch_unwind(panics).is_err());
        Scratch::with(|kept| assert_eq!((&*kept.payload, &*kept.signature), (&[0; 7][..], &[0; 9][..])));
    }

    #[test]
    fn a_nested_call_gets_an_empty_buffer() {
        Scratch::with(|outer| {
            outer.payload.extend(b"outer");
            Scratch::with(|inner| {
                assert!(inner.payload.is_empty());
                inner.payload.extend(b"inner");
            });
            assert_eq!(outer.payload, b"outer");
        });
        Scratch::with(|kept| assert_eq!(kept.payload, [0; 5]));
        let other = std::thread::spawn(|| Scratch::with(|other| other.payload.is_empty()));
        assert!(other.join().is_ok_and(|is_empty| is_empty));
    }
}
