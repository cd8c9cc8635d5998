//! Takes a path as a service writes it, yields the form that routes and URLs need.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters (RFC 3986 §2.3). Routes, URLs and HTML do not interpret those.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path that begins with a slash, does not end with one except as the root, and has no segments that are empty, `.` or
/// `..`.
pub(super) struct Path(String);

impl Path {
    pub(super) fn new(path: &str) -> Self {
        let segments = path.split('/').filter(|segment| !matches!(*segment, "" | "." | ".."));
        let path: String = segments.map(|segment| format!("/{}", utf8_percent_encode(segment, RESERVED))).collect();
        Self(if path.is_empty() { "/".to_owned() } else { path })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of `name` below this path.
    pub(super) fn child(&self, name: &str) -> String {
        format!("{}/{name}", self.0.trim_end_matches('/'))
    }

    /// The link from a file directly below this path to `other` (RFC 3986 §5.2).
    pub(super) fn link_to(&self, other: &Self) -> String {
        let depth = self.0.split('/').filter(|segment| !segment.is_empty()).count();
        format!("./{}{}", "../".repeat(depth), other.0.trim_start_matches('/'))
    }

    /// The link from this path to the root (RFC 3986 §5.2). It does not end with a slash, because paths are appended to it.
    pub(super) fn link_to_root(&self) -> String {
        let folders = self.0.matches('/').count().saturating_sub(1);
        if folders == 0 { ".".to_owned() } else { vec![".."; folders].join("/") }
    }
}
