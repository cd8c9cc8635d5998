//! The place of a scheme's credential in a request: the kind of a scheme comes in, and the place goes out.

use crate::{
    scheme::{info::SchemeInfo, kind::SchemeKind},
    scopes::grammar::same,
};

/// A place in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The header `Authorization`, behind one of these names.
    Authorization(&'static [&'static str]),
    /// The header of this name, whose letters may have any case.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

impl Place {
    /// The place of access tokens. Those that are bound to a key stand behind `DPoP` (RFC 9449 §7.1).
    const TOKEN: Self = Self::Authorization(&["Bearer", "DPoP"]);

    /// Whether a credential in one place is in the other as well.
    pub(crate) const fn is(self, other: Self) -> bool {
        match (self, other) {
            // The names of two kinds are all equal, or all different.
            (Self::Authorization(a), Self::Authorization(b)) => same(a[0], b[0]),
            (Self::Header(a), Self::Header(b)) => same_header(a, b),
            (Self::Query(a), Self::Query(b)) | (Self::Cookie(a), Self::Cookie(b)) => same(a, b),
            _ => false,
        }
    }
}

/// The same comparison is `const` in the standard library since Rust 1.89.
const fn same_header(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i].eq_ignore_ascii_case(&b[i]) {
        i += 1;
    }
    i == a.len() && i == b.len()
}

impl SchemeInfo {
    /// The place of the scheme's credential. `None` for a scheme of the service's own, whose extractor alone knows it.
    pub(crate) const fn place(&self) -> Option<Place> {
        Some(match self.kind() {
            SchemeKind::Other => return None,
            SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) | SchemeKind::HttpBearer(_) => Place::TOKEN,
            SchemeKind::HttpBasic => Place::Authorization(&["Basic"]),
            SchemeKind::HttpDigest => Place::Authorization(&["Digest"]),
            SchemeKind::ApiKeyHeader(name) => Place::Header(name),
            SchemeKind::ApiKeyQuery(name) => Place::Query(name),
            SchemeKind::ApiKeyCookie(name) => Place::Cookie(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_compared_as_requests_compare_them() {
        let basic = Place::Authorization(&["Basic"]);
        assert!(Place::TOKEN.is(Place::TOKEN) && !Place::TOKEN.is(basic));
        assert!(Place::Header("X-Key").is(Place::Header("x-kEY")));
        for other in ["X-Keys", "X-Ke", ""] {
            assert!(!Place::Header("X-Key").is(Place::Header(other)), "{other}");
        }
        assert!(Place::Cookie("a").is(Place::Cookie("a")) && !Place::Cookie("a").is(Place::Cookie("A")));
        assert!(Place::Query("a").is(Place::Query("a")) && !Place::Query("a").is(Place::Query("A")));
        assert!(!Place::Query("a").is(Place::Cookie("a")) && !Place::Header("a").is(Place::Cookie("a")));
    }
}
