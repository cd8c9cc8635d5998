//! Whether a request presents something where the schemes of a tree read their credentials. It may be good or bad.

use axum::http::request::Parts;

use crate::{
    credential::{api_key::presented, authorization},
    scheme::place::Place,
    tree::node::{Kind, Node},
};

/// Whether something is presented to one of the schemes in `tree`, also to an optional one. Only the extractor of a scheme of
/// the service's own knows its place, so such a scheme does not count.
pub(crate) fn is_presented(tree: &Node, parts: &Parts) -> bool {
    let place = if let Kind::Scheme(scheme) = tree.kind { scheme.place() } else { None };
    let here = place.is_some_and(|place| match place {
        Place::Authorization(schemes) => authorization::is_presented(parts, schemes),
        Place::Header(name) => presented::header(parts, name),
        Place::Query(name) => presented::query(parts, name),
        Place::Cookie(name) => presented::cookie(parts, name),
    });
    here || tree.children.iter().any(|child| is_presented(child.node, parts))
}

/// Whether [`is_presented`] sees everything that the schemes in `tree` read.
#[cfg(feature = "mcp")]
pub(crate) fn places_are_known(tree: &Node) -> bool {
    let is_known = if let Kind::Scheme(scheme) = tree.kind { scheme.place().is_some() } else { true };
    is_known && tree.children.iter().all(|child| places_are_known(child.node))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum::http::{HeaderName, HeaderValue, Request};

    use super::*;
    use crate::{
        scheme::{info::SchemeInfo, kind::SchemeKind},
        tree::node::{Child, function},
    };

    macro_rules! tree {
        ($($kind:expr),*) => {
            &function("f", &[], &[$(Child::part(&Node::scheme(&SchemeInfo::new("A").with_kind($kind)))),*])
        };
    }

    const TOKEN: &Node = tree!(SchemeKind::HttpBearer(None));
    const BASIC: &Node = tree!(SchemeKind::HttpBasic);
    const HEADER: &Node = tree!(SchemeKind::ApiKeyHeader("X-Key"));
    const QUERY: &Node = tree!(SchemeKind::ApiKeyQuery("key"));
    const COOKIE: &Node = tree!(SchemeKind::ApiKeyCookie("session"));
    const TWO: &Node = tree!(SchemeKind::HttpBearer(None), SchemeKind::ApiKeyCookie("session"));
    const OWN: &Node = tree!(SchemeKind::Other);

    fn request(uri: &str, headers: &[(&str, &[u8])]) -> Parts {
        let mut request = Request::get(uri).body(()).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value).unwrap());
        }
        request.into_parts().0
    }

    #[test]
    fn a_token_is_presented_by_the_name_of_its_scheme_whatever_follows() {
        for value in ["Bearer x", "bearer", "BEARER\tx", "Bearer,x", "DPoP x", " Bearer x", "Bearerx", "Bearer é", "é"]
        {
            assert!(is_presented(TOKEN, &request("/", &[("authorization", value.as_bytes())])), "{value}");
        }
        for value in ["", "Basic YTpi", "Beare", "Digest x"] {
            assert!(!is_presented(TOKEN, &request("/", &[("authorization", value.as_bytes())])), "{value}");
        }
        assert!(is_presented(BASIC, &request("/", &[("authorization", b"basic")])));
        assert!(!is_presented(BASIC, &request("/", &[("authorization", b"Bearer x")])));
    }

    /// A proxy in front may have read the other one.
    #[test]
    fn two_authorization_headers_are_presented_to_every_scheme_of_this_header() {
        let parts = request("/", &[("authorization", b"Digest x"), ("authorization", b"Digest x")]);
        assert!(is_presented(TOKEN, &parts) && is_presented(BASIC, &parts) && !is_presented(HEADER, &parts));
    }

    #[test]
    fn a_key_is_presented_by_its_name_even_if_it_is_empty() {
        for value in ["", "x", "\t"] {
            assert!(is_presented(HEADER, &request("/", &[("x-key", value.as_bytes())])), "{value}");
        }
        assert!(!is_presented(HEADER, &request("/", &[("x-keys", b"x")])));
        for uri in ["/?key", "/?key=", "/?a=b&key=x&key=y", "/?k%65y=x"] {
            assert!(is_presented(QUERY, &request(uri, &[])), "{uri}");
        }
        assert!(!is_presented(QUERY, &request("/key?keys=x&Key=x", &[])));
        for value in ["session", "session=", "a=b; session =x", "a=\u{e9};session=x"] {
            assert!(is_presented(COOKIE, &request("/", &[("cookie", value.as_bytes())])), "{value}");
        }
        assert!(is_presented(COOKIE, &request("/", &[("cookie", b"a=b"), ("cookie", b"session=x")])));
        assert!(!is_presented(COOKIE, &request("/", &[("cookie", b"sessions=x; a=session")])));
    }

    #[test]
    fn one_of_the_schemes_of_a_tree_is_enough() {
        assert!(is_presented(TWO, &request("/", &[("cookie", b"session=x")])));
        assert!(is_presented(TWO, &request("/", &[("authorization", b"Bearer x")])));
        assert!(!is_presented(TWO, &request("/", &[])));
    }

    #[test]
    fn a_scheme_of_the_service_has_no_known_place() {
        assert!(!is_presented(OWN, &request("/?key=x", &[("authorization", b"Own x"), ("cookie", b"session=x")])));
    }

    #[cfg(feature = "mcp")]
    #[test]
    fn a_place_that_only_an_extractor_of_the_service_knows_is_unknown_wherever_it_stands_in_the_tree() {
        for known in [TOKEN, BASIC, HEADER, QUERY, COOKIE, TWO] {
            assert!(places_are_known(known));
        }
        const MIXED: &Node = tree!(SchemeKind::HttpBearer(None), SchemeKind::Other);
        for unknown in [OWN, MIXED] {
            assert!(!places_are_known(unknown));
        }
    }
}
