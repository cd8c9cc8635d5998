//! URLs of resources and issuers: a text comes in, its origin and path go out, in the compiler and at run time.

use std::{error::Error, fmt};

/// A URL cannot be that of a resource, an issuer or an endpoint.
///
/// ```
/// use axum_scopes::resource::ResourceMetadata;
///
/// let error = ResourceMetadata::new("http://api.example.com").unwrap_err();
/// assert_eq!(error.to_string(), "not an absolute `https` URL without user and fragment; only endpoints may have a query");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UrlError;

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an absolute `https` URL without user and fragment; only endpoints may have a query")
    }
}

impl Error for UrlError {}

/// The most bytes of a metadata URL.
pub(crate) const MOST_URL: usize = 512;
/// The most bytes of a resource's URL, so that the well-known part finds room in its metadata URL.
const LONGEST: usize = MOST_URL - 112;

/// Origin and path of an absolute URL that is `https`, or `http` on a loopback host, and has neither user, query nor fragment.
/// The path is empty, or a route of axum without captures.
pub(crate) const fn split(url: &str) -> Option<(&str, &str)> {
    if url.len() > LONGEST || !url.is_ascii() {
        return None;
    }
    let (start, secure) = if starts_with(url, "https://", 0) {
        ("https://".len(), true)
    } else if starts_with(url, "http://", 0) {
        ("http://".len(), false)
    } else {
        return None;
    };
    let end = find_slash(url, start);
    let (origin, path) = url.split_at(end);
    if is_authority(origin, start) && (secure || is_loopback(origin, start)) && is_path(path) {
        Some((origin, path))
    } else {
        None
    }
}

/// The path without the slash that ends the host, RFC 9728 §3.1.
pub(crate) const fn strip_root(path: &str) -> &str {
    if path.len() == 1 { "" } else { path }
}

/// Whether host and port have only the characters of RFC 3986 §3.2, and no user. Their order is not checked.
const fn is_authority(origin: &str, start: usize) -> bool {
    let bytes = origin.as_bytes();
    let mut i = start;
    while i < bytes.len() {
        if !matches!(bytes[i], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b':' | b'[' | b']') {
            return false;
        }
        i += 1;
    }
    start < bytes.len() && bytes[start] != b':'
}

/// Whether the host is this machine. It may have a port.
const fn is_loopback(origin: &str, start: usize) -> bool {
    is_host(origin, start, "localhost") || is_host(origin, start, "127.0.0.1") || is_host(origin, start, "[::1]")
}

const fn is_host(origin: &str, start: usize, host: &str) -> bool {
    let end = start + host.len();
    starts_with(origin, host, start) && (origin.len() == end || origin.as_bytes()[end] == b':')
}

/// Whether the path has only the characters of RFC 3986 §3.3 that have no meaning in axum's routes.
const fn is_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b'%' | b'@')
        {
            return false;
        }
        i += 1;
    }
    true
}

const fn starts_with(text: &str, prefix: &str, at: usize) -> bool {
    let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
    if text.len() < at + prefix.len() {
        return false;
    }
    let mut i = 0;
    while i < prefix.len() {
        if text[at + i] != prefix[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The index at which the path begins.
const fn find_slash(url: &str, start: usize) -> usize {
    let bytes = url.as_bytes();
    let mut i = start;
    while i < bytes.len() && bytes[i] != b'/' {
        i += 1;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_resources_are_split_behind_the_host() {
        for (url, parts) in [
            ("https://api.example", ("https://api.example", "")),
            ("https://api.example/", ("https://api.example", "/")),
            ("https://api.example:8443/v1/a%20b", ("https://api.example:8443", "/v1/a%20b")),
            ("http://localhost", ("http://localhost", "")),
            ("http://localhost:8000/v1/", ("http://localhost:8000", "/v1/")),
            ("http://127.0.0.1:8000", ("http://127.0.0.1:8000", "")),
            ("http://[::1]:8000/x", ("http://[::1]:8000", "/x")),
        ] {
            assert_eq!(split(url), Some(parts), "{url}");
        }
        assert_eq!((strip_root(""), strip_root("/"), strip_root("/v1/")), ("", "", "/v1/"));
    }

    #[test]
    fn other_urls_name_no_resource() {
        for url in [
            "",
            "api.example",
            "/v1",
            "//api.example",
            "ftp://api.example",
            "HTTPS://api.example",
            "https:///v1",
            "https://",
            "https://:8000",
            "http://api.example",
            "http://127.0.0.2.example",
            "http://127.0.0.1.example/",
            "http://localhost.example",
            "http://localhost@api.example",
            "https://user@api.example",
            "https://api.example?x=1",
            "https://api.example/?x=1",
            "https://api.example/#x",
            "https://api.example/\"",
            "https://api.example/\\",
            "https://api.example/a b",
            "https://api.example/{id}",
            "https://api.example/*rest",
            "https://api.example/:id",
            "https://api.example\r\nx: y",
            "https://\u{e4}pi.example",
        ] {
            assert_eq!(split(url), None, "{url}");
        }
        let longest: &'static str = format!("https://api.example/{}", "x".repeat(LONGEST - 20)).leak();
        assert!(split(longest).is_some());
        assert!(split(format!("{longest}x").leak()).is_none());
    }
}
