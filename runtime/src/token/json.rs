//! Strict reading of JSON: one object and nothing else, not too deep, and no value that may silently be another.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

/// As deep as serde_json reads what it does not skip.
const MAX_DEPTH: usize = 128;

/// A string, borrowed where it is written without escapes.
#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// Reads one object; for `T`, serde would also take an array of its fields.
pub(super) fn read_object<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    if !json.trim_ascii_start().starts_with('{') || !is_shallow(json) {
        return None;
    }
    serde_json::from_str(json).ok()
}

/// For an optional member: `null` is a value of the wrong type, not an absent one.
pub(super) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Whether nothing lies too deep, not even in what nobody reads: serde_json skips that without counting.
fn is_shallow(json: &str) -> bool {
    let opening = |byte: &u8| matches!(byte, b'[' | b'{');
    json.as_bytes().iter().filter(|byte| opening(byte)).count() <= MAX_DEPTH || depth(json) <= MAX_DEPTH
}

/// How many arrays and objects lie within each other.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
