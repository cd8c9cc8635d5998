//! What a thread keeps from token to token: room to decode in, and headers that were found good.

use std::{cell::Cell, mem};

/// Headers are kept for that many keys; a service has a handful.
const MOST_HEADERS: usize = 32;

thread_local! {
    static SCRATCH: Cell<Scratch> = const { Cell::new(Scratch::EMPTY) };
}

pub(super) struct Scratch {
    pub(super) claims: Vec<u8>,
    pub(super) signature: Vec<u8>,
    headers: Vec<Known>,
}

/// A thread's own, while it is lent. It is given back empty of the token, also where `work` panics: another's memory may be
/// read by way of a mistake elsewhere. The memory stays in use, so ordinary writes will do, which are many times faster than
/// those that no compiler leaves out.
struct Lent(Scratch);

impl Drop for Lent {
    fn drop(&mut self) {
        let mut scratch = mem::replace(&mut self.0, Scratch::EMPTY);
        // Longer tokens of before were overwritten in their turn.
        scratch.claims.fill(0);
        scratch.signature.fill(0);
        // At the end of a thread there is none any more.
        let _ = SCRATCH.try_with(|kept| kept.set(scratch));
    }
}

/// A header that needs no reading.
struct Known {
    /// Of the verifier that found it good.
    verifier: u64,
    encoded: Box<str>,
    key: usize,
}

impl Scratch {
    const EMPTY: Self = Self { claims: Vec::new(), signature: Vec::new(), headers: Vec::new() };

    /// Lends the thread's own to `work`. What is called within `work`, and verifies a token itself, gets an empty one.
    pub(super) fn with<R>(work: impl FnOnce(&mut Self) -> R) -> R {
        let mut lent = Lent(SCRATCH.try_with(|kept| kept.replace(Self::EMPTY)).unwrap_or(Self::EMPTY));
        work(&mut lent.0)
    }

    /// The key of an encoded header that `verifier` has found good before.
    pub(super) fn key_of(&self, verifier: u64, header: &str) -> Option<usize> {
        let is_it = |known: &&Known| known.verifier == verifier && *known.encoded == *header;
        self.headers.iter().find(is_it).map(|known| known.key)
    }

    /// Notes the header of a token that was signed with one of the verifier's keys. The oldest one goes.
    pub(super) fn note(&mut self, verifier: u64, header: &str, key: usize) {
        if self.headers.len() == MOST_HEADERS {
            self.headers.remove(0);
        }
        self.headers.push(Known { verifier, encoded: header.into(), key });
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_HEADERS, Scratch};

    #[test]
    fn headers_are_those_of_one_verifier() {
        let mut scratch = Scratch::EMPTY;
        scratch.note(1, "header", 3);
        assert_eq!(scratch.key_of(1, "header"), Some(3));
        for (verifier, header) in [(2, "header"), (1, "heade"), (1, "headers"), (1, "Header"), (1, "")] {
            assert_eq!(scratch.key_of(verifier, header), None, "{verifier} {header}");
        }
    }

    #[test]
    fn the_oldest_headers_go() {
        let mut scratch = Scratch::EMPTY;
        for key in 0..3 * MOST_HEADERS {
            scratch.note(1, &key.to_string(), key);
            assert!(scratch.headers.len() <= MOST_HEADERS);
        }
        let kept = (0..3 * MOST_HEADERS).filter(|key| scratch.key_of(1, &key.to_string()) == Some(*key));
        assert_eq!(kept.collect::<Vec<_>>(), (2 * MOST_HEADERS..3 * MOST_HEADERS).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_of_a_token_is_left_after_a_panic() {
        let panics = || {
            Scratch::with(|lent| {
                lent.claims.extend(b"claims");
                lent.signature.extend(b"signature");
                panic!("while the token is verified");
            })
        };
        assert!(std::panic::catch_unwind(panics).is_err());
        Scratch::with(|kept| assert_eq!((&*kept.claims, &*kept.signature), (&[0; 6][..], &[0; 9][..])));
    }

    #[test]
    fn what_is_called_within_gets_an_empty_one() {
        Scratch::with(|outer| {
            outer.note(1, "header", 0);
            outer.claims.extend(b"outer");
            Scratch::with(|inner| {
                assert!(inner.claims.is_empty() && inner.key_of(1, "header").is_none());
                inner.claims.extend(b"inner");
            });
            assert_eq!(outer.claims, b"outer");
        });
        Scratch::with(|kept| assert_eq!((&*kept.claims, kept.key_of(1, "header")), (&[0; 5][..], Some(0))));
        let other = std::thread::spawn(|| Scratch::with(|other| other.claims.is_empty()));
        assert!(other.join().is_ok_and(|is_empty| is_empty));
    }
}
