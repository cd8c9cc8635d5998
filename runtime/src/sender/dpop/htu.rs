//! The URL that a proof is for: takes the claim `htu` and the path of a request, says whether they are the same URL
//! (RFC 9449 §4.3, RFC 3986 §6.2.2 and §6.2.3).

use std::borrow::Cow;

use axum::http::{Uri, uri::Scheme};

use crate::text::{https_url::UrlError, safe_url};

/// Scheme, host and port of a service as its clients see them.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    is_secure: bool,
    /// Without the port if that is the scheme's own.
    authority: String,
}

impl Origin {
    /// Reads the origin of a URL that has no path. Plain HTTP is only for this machine.
    pub(super) fn parse(url: &str) -> Result<Self, UrlError> {
        let uri: Uri = safe_url::parse(url).ok_or(UrlError)?;
        let (Some(authority), "/", None) = (uri.authority(), uri.path(), uri.query()) else { return Err(UrlError) };
        let is_secure = uri.scheme() == Some(&Scheme::HTTPS);
        let authority = without_default_port(authority.as_str(), is_secure).to_owned();
        Ok(Self { is_secure, authority })
    }

    /// Whether `htu` is the URL of `path` on this origin. Query and fragment do not count.
    pub(super) fn is_target(&self, htu: &str, path: &str) -> bool {
        let Some((scheme, rest)) = htu.split_once("://") else { return false };
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (authority, claimed) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let authority = without_default_port(authority, self.is_secure);
        // A user in the authority makes it another one, and so do escapes.
        scheme.eq_ignore_ascii_case(if self.is_secure { "https" } else { "http" })
            && authority.eq_ignore_ascii_case(&self.authority)
            && matches!((normal(claimed), normal(path)), (Some(claimed), Some(path)) if claimed == path)
    }
}

/// An empty port is the scheme's own, too (RFC 3986 §6.2.3).
fn without_default_port(authority: &str, is_secure: bool) -> &str {
    // Only one of them, because a second one would be part of the host.
    let without =
        authority.strip_suffix(if is_secure { ":443" } else { ":80" }).or_else(|| authority.strip_suffix(':'));
    without.unwrap_or(authority)
}

/// The path without needless escapes and dot segments. `None` if it is none.
///
/// An escape of another character stays, so `%2F` is no slash.
fn normal(path: &str) -> Option<Cow<'_, str>> {
    if path.is_empty() {
        return Some("/".into());
    }
    if !path.starts_with('/') || !path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return None;
    }
    if !path.contains('%') && !path.contains("/.") {
        return Some(path.into());
    }
    unescaped(path).map(|path| without_dots(&path).into())
}

/// Decodes the escapes of unreserved characters, and writes all others in upper case (RFC 3986 §6.2.2.1 and §6.2.2.2).
fn unescaped(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut out = String::with_capacity(path.len());
    out.push_str(parts.next()?);
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` would take a sign, too.
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        match u8::from_str_radix(digits, 16).ok()? {
            byte if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push_str(&digits.to_ascii_uppercase());
            }
        }
        out.push_str(rest);
    }
    Some(out)
}

/// Removes the segments `.` and `..` from a path that begins with a slash (RFC 3986 §5.2.4).
fn without_dots(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    out.truncate(out.rfind('/').unwrap_or_default());
                }
                if is_last {
                    out.push('/');
                }
            }
            segment => {
                out.push('/');
                out.push_str(segment);
            }
        }
    }
    out
}
