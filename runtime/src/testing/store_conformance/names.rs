//! Names that no other row has, and times.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::login::{
    random,
    store::{Digest, SessionId},
};

/// The longest text that every store takes, in bytes.
pub(super) const LONGEST: usize = 1024;

/// Texts that a careless store mixes up, cuts off, or takes for a part of a statement.
pub(super) const ODD: &[&str] = &[
    "amy",
    "Amy",
    "amy ",
    " amy",
    "am_",
    "am%",
    "amy'; DROP TABLE sessions; --",
    "\"amy\" \\ $1 ? :a {a} [a] \\0 \\u0000",
    "a\tm\ny\r",
    "jos\u{e9}",
    "jose\u{301}",
    "Stra\u{df}e",
    "STRASSE",
    "\u{1f469}\u{200d}\u{1f52c}",
    "\u{202e}yma\u{feff}\u{fffd}\u{10ffff}",
    "null",
    "1e3",
];

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    random::fill(&mut bytes).unwrap_or_else(|error| panic!("there are no random numbers: {error}"));
    bytes
}

/// The digest of nothing that exists.
pub(super) fn digest() -> Digest {
    bytes()
}

pub(super) fn session_id() -> SessionId {
    SessionId::from_bytes(bytes())
}

/// A text that no other row has.
pub(super) fn text() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<12>())
}

/// The same with other characters behind it, as long as they all may be.
pub(super) fn long_text() -> String {
    let mut text = text();
    while text.len() + 3 <= LONGEST {
        text.push('\u{20ac}');
    }
    text
}

/// Now, in whole milliseconds.
pub(super) fn now() -> SystemTime {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + Duration::from_millis(since.as_millis() as u64)
}

pub(super) const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

pub(super) const SECOND: Duration = Duration::from_secs(1);
pub(super) const HOUR: Duration = Duration::from_secs(3600);

/// The last second that every store takes: the end of the year 9999.
pub(super) fn far_ahead() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(253_402_300_799)
}
