//! The spelling of URIs in which those are alike that somebody may take for each other: a URI comes in, and its spelling goes out.

use super::resources::stays_below;

/// The URI in lower case and with its escapes decoded.
pub(super) fn decoded(uri: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(uri.len());
    let mut rest = uri.as_bytes();
    while let [byte, behind @ ..] = rest {
        let escaped = if *byte == b'%' { behind.split_at_checked(2).and_then(unescaped) } else { None };
        let (byte, behind) = escaped.unwrap_or((*byte, behind));
        out.push(byte.to_ascii_lowercase());
        rest = behind;
    }
    out
}

fn unescaped<'a>((digits, behind): (&[u8], &'a [u8])) -> Option<(u8, &'a [u8])> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = digit(digits[0])? * 16 + digit(digits[1])?;
    Some((u8::try_from(byte).ok()?, behind))
}

/// The same without port, query and fragment. `None` if a part of the URI may lead elsewhere for whoever resolves it.
pub(super) fn plain(uri: &str) -> Option<Vec<u8>> {
    if uri.is_empty() || !uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return None;
    }
    let uri = uri.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let Some((scheme, rest)) = uri.split_once("://") else {
        return stays_below(&uri).then(|| decoded(&uri));
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host(scheme, authority)?;
    let is_plain = stays_below(path.strip_prefix('/').unwrap_or(path));
    is_plain.then(|| decoded(&format!("{scheme}://{host}{path}")))
}

/// The host without what others leave out. A user before it would hide it.
fn host<'a>(scheme: &str, authority: &'a str) -> Option<&'a str> {
    if authority.contains(['@', '%']) {
        return None;
    }
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let host = if port.bytes().all(|digit| digit.is_ascii_digit()) { host } else { authority };
    match host.trim_end_matches('.') {
        // RFC 8089 §2.
        "localhost" if scheme == "file" => Some(""),
        // Parsers of the web skip such slashes, and read the first segment of the path as the host.
        "" if scheme != "file" => None,
        host => Some(host),
    }
}

/// The scheme of a URI without an authority. For parsers of the web, `https:/a` is `https://a`.
pub(super) fn scheme_without_authority(uri: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = uri.split_at(uri.iter().position(|byte| *byte == b':')?);
    (!rest.starts_with(b"://")).then_some(scheme)
}
