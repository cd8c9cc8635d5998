//! How others may read a URI: it comes in, and a spelling goes out in which those are alike that somebody may take for each other, or
//! whether it leads elsewhere.

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

/// Whether the rest of a URI leads nowhere else for whoever resolves it: no dot segments, no empty segments, no backslash, no query, no
/// fragment, no escapes of what needs none or would change the path, and nothing that URIs do not have.
pub(super) fn stays_below(rest: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'?' | b'#');
    if !rest.bytes().all(is_plain) || rest.split('%').skip(1).any(is_needless) {
        return false;
    }
    let mut segments = rest.split('/').peekable();
    while let Some(segment) = segments.next() {
        // Nothing behind the last slash is a folder, and not an empty segment.
        let is_empty = segment.is_empty() && segments.peek().is_some();
        if is_empty || segment == "." || segment == ".." {
            return false;
        }
    }
    true
}

/// Whether these are not the two digits of an escape that URIs need.
fn is_needless(escape: &str) -> bool {
    let is_needed = |byte: u8| {
        byte.is_ascii_graphic() && !byte.is_ascii_alphanumeric() && !b"-._~/\\%?#".contains(&byte)
            || byte == b' '
            || byte >= 0x80
    };
    match escape.get(..2).map(|digits| u8::from_str_radix(digits, 16)) {
        Some(Ok(byte)) => !is_needed(byte),
        _ => true,
    }
}
