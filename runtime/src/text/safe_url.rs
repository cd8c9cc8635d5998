//! Safe URLs of issuers: a text comes in, and a URL goes out if it is HTTPS, or plain HTTP that does not leave the machine.

#[cfg(feature = "issuer")]
use std::borrow::Cow;
use std::net::IpAddr;

use axum::http::{
    Uri,
    uri::{Authority, Scheme},
};

/// `None` unless the text is an absolute URL, is safe, and has neither a fragment nor a user.
pub(crate) fn parse(text: &str) -> Option<Uri> {
    parse_if(text, is_loopback)
}

/// The same, where `may_be_plain` says of which hosts plain HTTP is safe.
pub(crate) fn parse_if(text: &str, may_be_plain: impl FnOnce(&Authority) -> bool) -> Option<Uri> {
    // `Uri` drops a fragment silently.
    if text.contains('#') {
        return None;
    }
    let uri: Uri = text.parse().ok()?;
    let (scheme, authority) = (uri.scheme()?, uri.authority()?);
    if authority.as_str().contains('@') || authority.host().is_empty() || !has_port(authority) {
        return None;
    }
    let is_safe = *scheme == Scheme::HTTPS || (*scheme == Scheme::HTTP && may_be_plain(authority));
    is_safe.then_some(uri)
}

/// Whether what stands behind the host is a port. `Uri` takes any digits, and a client would use the usual port for those that are none.
fn has_port(authority: &Authority) -> bool {
    let behind = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
    matches!(behind, "" | ":") || authority.port_u16().is_some()
}

/// `localhost` is this machine, too (RFC 6761 §6.3).
pub(crate) fn is_loopback(authority: &Authority) -> bool {
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A URL for logs, whatever is in it: without a query, and without a user, because they may be secrets.
#[cfg(feature = "issuer")]
pub(crate) fn shown(url: &str) -> Cow<'_, str> {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    // A password may have slashes, so that everything before the last `@` may belong to it.
    url.rsplit_once('@').map_or(Cow::Borrowed(url), |(_, rest)| Cow::Owned(format!("[redacted]@{rest}")))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[cfg(feature = "issuer")]
    #[test]
    fn a_shown_url_has_no_secret() {
        for (url, expected) in [
            ("https://id.example.com/a", "https://id.example.com/a"),
            ("https://id.example.com/a?key=secret", "https://id.example.com/a"),
            ("https://id.example.com#secret", "https://id.example.com"),
            ("https://amy:secret@id.example.com/a", "[redacted]@id.example.com/a"),
            ("https://amy:se@c/ret@id.example.com?x@y", "[redacted]@id.example.com"),
            ("amy:secret@id.example.com", "[redacted]@id.example.com"),
            ("", ""),
        ] {
            assert_eq!(super::shown(url), expected);
        }
    }

    #[test]
    fn https_urls_and_local_http_urls_are_safe() {
        for url in [
            "https://id.example.com",
            "HTTPS://id.example.com:8443/realms/a?b=c",
            "https://[2001:db8::1]/",
            "http://127.0.0.1:9400",
            "http://127.1.2.3/",
            "http://[::1]:80/keys",
            "http://localhost:8080/realms/a",
            "http://LocalHost",
            "https://id.example.com:/keys",
            "https://[2001:db8::1]:443/",
        ] {
            assert!(parse(url).is_some(), "{url}");
        }
    }

    #[test]
    fn other_urls_are_refused() {
        for url in [
            "",
            "/keys",
            "id.example.com",
            "id.example.com:443",
            "//id.example.com/",
            "https://",
            "https:///keys",
            "https://id.example.com/#keys",
            "https://id.example.com/a b",
            "https://id.example.com:65536",
            "https://id.example.com:99999/keys",
            "http://127.0.0.1:99999",
            "https://[2001:db8::1]:70000/",
            "https://id.example.com:80x/",
            "https://amy:secret@id.example.com",
            "https://@id.example.com",
            "http://id.example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@id.example.com",
            "http://0.0.0.0",
            "http://10.0.0.1",
            "http://169.254.169.254/",
            "http://[::ffff:10.0.0.1]/",
            "http://2130706433/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "data:,{}",
        ] {
            assert!(parse(url).is_none(), "{url}");
        }
    }
}
