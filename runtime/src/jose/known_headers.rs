//! What is remembered of headers: an encoded header in, the place of its key out, if it was found good before.

use std::sync::OnceLock;

/// Headers are kept for that many keys; a service has a handful.
pub(super) const MOST_HEADERS: usize = 32;

/// Encoded headers that need no reading. Only a header whose signature was good gets in, so that a client without a key
/// cannot fill the memory. An entry stays, so that a look-up takes no lock.
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

    /// Notes the header of a signature that was good, and of one key alone. Where there is no room, it is read each time.
    pub(super) fn note(&self, header: &str, key: usize) {
        for place in &self.0 {
            // Another thread may have noted a header here meanwhile, perhaps this one.
            let known = place.get_or_init(|| Known { encoded: header.into(), key });
            if *known.encoded == *header {
                return;
            }
        }
    }
}

/// A copy is for other rules or other keys, and starts empty.
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
        known.note("header", 3);
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
            known.note(&key.to_string(), key);
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
                        known.note(&((key + thread) % MOST_HEADERS).to_string(), (key + thread) % MOST_HEADERS);
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
