//! Remembers headers of good signatures: takes an encoded header, yields the index of its key.

use std::sync::OnceLock;

/// The most headers that are kept. A service sees about one for each key.
pub(super) const MOST_HEADERS: usize = 32;

/// Encoded headers that need no parsing. Only headers of good signatures are added, so that a client without a key cannot
/// fill the table. Entries are never removed, so that a look-up takes no lock.
pub(super) struct KnownHeaders([OnceLock<Known>; MOST_HEADERS]);

struct Known {
    encoded: Box<str>,
    key: usize,
}

impl Default for KnownHeaders {
    fn default() -> Self {
        Self([const { OnceLock::new() }; MOST_HEADERS])
    }
}

impl KnownHeaders {
    pub(super) fn key_of(&self, header: &str) -> Option<usize> {
        let mut known = self.0.iter().map_while(OnceLock::get);
        known.find(|known| *known.encoded == *header).map(|known| known.key)
    }

    /// Adds the header of a good signature that only this key could have made. A full table takes no more headers.
    pub(super) fn add(&self, header: &str, key: usize) {
        for place in &self.0 {
            // Another thread may have filled this place meanwhile, perhaps with the same header.
            let known = place.get_or_init(|| Known { encoded: header.into(), key });
            if *known.encoded == *header {
                return;
            }
        }
    }
}

/// A copy starts empty, because it is for other rules or other keys.
impl Clone for KnownHeaders {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::{KnownHeaders, MOST_HEADERS};

    #[test]
    fn a_header_is_recognised_byte_for_byte() {
        let known = KnownHeaders::default();
        known.add("header", 3);
        assert_eq!(known.key_of("header"), Some(3));
        for header in ["heade", "headers", "Header", ""] {
            assert_eq!(known.key_of(header), None, "{header}");
        }
        assert_eq!(known.clone().key_of("header"), None);
    }

    #[test]
    fn the_first_headers_stay_known() {
        let known = KnownHeaders::default();
        for key in 0..3 * MOST_HEADERS {
            known.add(&key.to_string(), key);
        }
        let kept = (0..3 * MOST_HEADERS).filter(|key| known.key_of(&key.to_string()) == Some(*key));
        assert_eq!(kept.collect::<Vec<_>>(), (0..MOST_HEADERS).collect::<Vec<_>>());
    }

    #[test]
    fn threads_share_the_places() {
        let known = KnownHeaders::default();
        thread::scope(|scope| {
            for thread in 0..4 {
                let known = &known;
                scope.spawn(move || {
                    for key in 0..MOST_HEADERS {
                        known.add(&((key + thread) % MOST_HEADERS).to_string(), (key + thread) % MOST_HEADERS);
                    }
                });
            }
        });
        // A header that was noted twice would have taken another's place.
        for key in 0..MOST_HEADERS {
            assert_eq!(known.key_of(&key.to_string()), Some(key));
        }
    }
}
