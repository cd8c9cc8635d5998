//! `htu` against the URL of the request.

use crate::{
    at_random::Random,
    sender::dpop::{
        Dpop,
        htu::Origin,
        tests::{check, dpop, good},
    },
};

fn is_target(origin: &str, htu: &str, path: &str) -> bool {
    Origin::parse(origin).unwrap().is_target(htu, path)
}

#[test]
fn one_url_may_be_written_in_several_ways() {
    for (htu, path) in [
        ("https://api.example/items", "/items"),
        ("HTTPS://API.Example/items", "/items"),
        ("https://api.example:443/items", "/items"),
        ("https://api.example:/items", "/items"),
        ("https://api.example/items?page=2", "/items"),
        ("https://api.example/items#top", "/items"),
        ("https://api.example/items?a=/b#/c", "/items"),
        ("https://api.example", "/"),
        ("https://api.example?x", "/"),
        ("https://api.example/%69tems%7e", "/items~"),
        ("https://api.example/items~", "/%69tems%7E"),
        ("https://api.example/a%2fb", "/a%2Fb"),
        ("https://api.example/x/../items", "/items"),
        ("https://api.example/./items/.", "/items/"),
        ("https://api.example/x/%2E%2e/items", "/items"),
        ("https://api.example/../items", "/items"),
        ("https://api.example/a/..", "/"),
        ("https://api.example//a/../..", "/"),
        ("https://api.example/.well-known/x", "/.well-known/x"),
        ("https://api.example/a.b/..c/.d", "/a.b/..c/.d"),
        ("https://api.example/%7Eamy/caf%c3%a9", "/~amy/caf%C3%A9"),
    ] {
        assert!(is_target("https://api.example", htu, path), "{htu} {path}");
        assert!(is_target("https://API.example:443", htu, path), "{htu} {path}");
    }
    assert!(is_target("http://[::1]:8000", "http://[::1]:8000/a", "/a"));
    assert!(is_target("http://localhost:80", "http://LOCALHOST/a", "/a"));
}

#[test]
fn other_urls_are_no_target() {
    for (htu, path) in [
        ("", "/"),
        ("/items", "/items"),
        ("https:/api.example/items", "/items"),
        ("https:///items", "/items"),
        ("https://api.example/items/", "/items"),
        ("https://api.example/items", "/items/"),
        ("https://api.example/Items", "/items"),
        ("https://api.example/a%2Fb", "/a/b"),
        ("https://api.example/a%252Fb", "/a%2Fb"),
        ("https://api.example/a%3Fb", "/a"),
        ("https://api.example//items", "/items"),
        ("https://api.example/a/b", "/a/b/../c"),
        ("https://api.example/+1", "/%2B1"),
        ("https://api.example/%+1", "/%+1"),
        ("https://api.example/%", "/%"),
        ("https://api.example/%4", "/%4"),
        ("https://api.example/%\u{e9}", "/%\u{e9}"),
        ("https://api.example/\u{e9}", "/\u{e9}"),
        ("https://api.example/a\\b", "/a\\b"),
        ("https://api.example:80/items", "/items"),
        ("https://api.example:0443/items", "/items"),
        ("https://api.example:443:443/items", "/items"),
        ("https://api.example::/items", "/items"),
        ("https://api.example::443/items", "/items"),
        ("https://amy@api.example/items", "/items"),
        ("https://api.example:443@evil.example/items", "/items"),
        ("http://api.example/items", "/items"),
        ("http://api.example:443/items", "/items"),
        ("https://api.example", "*"),
    ] {
        assert!(!is_target("https://api.example", htu, path), "{htu} {path}");
    }
}

#[test]
fn an_origin_has_no_path_and_leaves_the_machine_by_https_only() {
    for origin in ["https://api.example", "https://api.example/", "https://api.example:8443", "http://127.0.0.1:8000"] {
        assert!(Dpop::new(origin).is_ok(), "{origin}");
    }
    for origin in [
        "",
        "api.example",
        "http://api.example",
        "https://api.example/v1",
        "https://api.example/?x",
        "https://api.example/#x",
        "https://amy@api.example",
        "https://",
    ] {
        assert!(Dpop::new(origin).is_err(), "{origin}");
    }
}

#[test]
fn a_stripped_prefix_stands_before_each_path() {
    let at = |url: &str| good().with("htu", url);
    for prefix in ["/api", "api", "/api/"] {
        let dpop = dpop().stripped_prefix(prefix);
        assert!(check(&dpop, &at("https://api.example.com/api/v1/items")).is_ok());
        assert!(check(&dpop, &at("https://api.example.com/v1/items")).is_err());
    }
    assert!(check(&dpop().stripped_prefix("/"), &good()).is_ok());
    assert!(check(&dpop().stripped_prefix("/?"), &good()).is_err());
}

/// A path as its characters: each stands for itself or is an escape of a byte. An independent reading of RFC 3986 §6.2.2.
fn meaning(path: &str) -> Option<Vec<Vec<(bool, u8)>>> {
    let mut segments: Vec<Vec<(bool, u8)>> = Vec::new();
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mut one = (false, bytes[at]);
        if one.1 == b'%' {
            let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
            let byte = (digit(at + 1)? * 16 + digit(at + 2)?) as u8;
            let unreserved = matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~');
            one = (!unreserved, byte);
            at += 2;
        }
        at += 1;
        match one {
            (false, b'/') => segments.push(Vec::new()),
            one => segments.last_mut()?.push(one),
        }
    }
    let is = |segment: &[(bool, u8)], dots: &[u8]| segment.iter().copied().eq(dots.iter().map(|dot| (false, *dot)));
    let (mut kept, mut ends_in_slash) = (Vec::new(), false);
    for segment in segments {
        ends_in_slash = is(&segment, b".") || is(&segment, b"..");
        if is(&segment, b"..") {
            kept.pop();
        } else if !ends_in_slash {
            kept.push(segment);
        }
    }
    if ends_in_slash {
        kept.push(Vec::new());
    }
    Some(kept)
}

#[test]
fn random_paths_are_the_same_if_they_mean_the_same() {
    const PARTS: [&str; 16] =
        ["/", "/", "/a", "a", "A", ".", "..", "/.", "/..", "%2e", "%2E", "%61", "%2f", "%2F", "%7E", "%4"];
    let (mut random, mut same, mut different, mut broken) = (Random(7), 0, 0, 0);
    for _ in 0..10_000 {
        let mut path = || (0..random.below(7)).fold("/".to_owned(), |path, _| path + PARTS[random.below(PARTS.len())]);
        let (one, other) = (path(), path());
        let expected = match (meaning(&one), meaning(&other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        };
        let found = is_target("https://api.example", &format!("https://api.example{one}"), &other);
        assert_eq!(found, expected, "{one} {other}");
        let of_itself = is_target("https://api.example", &format!("https://api.example{one}"), &one);
        assert_eq!(of_itself, meaning(&one).is_some(), "{one}");
        *if !of_itself {
            &mut broken
        } else if expected {
            &mut same
        } else {
            &mut different
        } += 1;
    }
    assert!(same > 200 && different > 200 && broken > 200, "{same} {different} {broken}");
}
