//! Which address counts, whatever the headers say.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{HeaderValue, Request, request::Parts},
};

use super::ClientAddress;

const PROXIES: [&str; 2] = ["10.0.0.0/8", "2001:db8:1::/48"];
const PROXY: &str = "10.0.0.1:80";

fn request(peer: Option<&str>, name: &str, lines: &[&[u8]]) -> Parts {
    let mut request = Request::new(());
    for line in lines {
        let name: axum::http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, HeaderValue::from_bytes(line).unwrap());
    }
    if let Some(peer) = peer {
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    }
    request.into_parts().0
}

fn listed(peer: &str, lines: &[&[u8]]) -> Option<IpAddr> {
    ClientAddress::x_forwarded_for(PROXIES).unwrap().of(&request(Some(peer), "x-forwarded-for", lines))
}

fn forwarded(peer: &str, lines: &[&[u8]]) -> Option<IpAddr> {
    ClientAddress::forwarded(PROXIES).unwrap().of(&request(Some(peer), "forwarded", lines))
}

fn ip(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

#[test]
fn the_right_most_address_that_is_no_proxy_is_the_client() {
    let cases: [(&[&[u8]], &str); 12] = [
        (&[], "10.0.0.1"),
        (&[b"192.0.2.1"], "192.0.2.1"),
        (&[b"6.6.6.6, 192.0.2.1"], "192.0.2.1"),
        (&[b"6.6.6.6,192.0.2.1,10.9.9.9, 10.8.8.8"], "192.0.2.1"),
        (&[b"192.0.2.1:4711"], "192.0.2.1"),
        (&[b"2001:db8::1"], "2001:db8::1"),
        (&[b"[2001:db8::1]"], "2001:db8::1"),
        (&[b"[2001:db8::1]:443, 2001:db8:1::5"], "2001:db8::1"),
        (&[b"::ffff:192.0.2.1"], "192.0.2.1"),
        (&[b"6.6.6.6", b"192.0.2.1"], "192.0.2.1"),
        (&[b"192.0.2.1", b"10.2.2.2"], "192.0.2.1"),
        (&[b"10.7.7.7, 10.2.2.2"], "10.7.7.7"),
    ];
    for (lines, expected) in cases {
        assert_eq!(listed(PROXY, lines), ip(expected), "{lines:?}");
    }
}

#[test]
fn elements_of_rfc_7239_name_the_client_too() {
    let cases: [(&[&[u8]], &str); 14] = [
        (&[b"for=192.0.2.1"], "192.0.2.1"),
        // Commas and semicolons in quotes, and quotes that do not end them.
        (&[b"for=192.0.2.1;host=\"x,for=6.6.6.6;y=\\\"\""], "192.0.2.1"),
        (&[b"host=\"a;for=6.6.6.6;x=\";for=192.0.2.1"], "192.0.2.1"),
        (&[b"host=\"ab;for=6.6.6.6;x=\";for=192.0.2.1"], "192.0.2.1"),
        (&[b"host=\"a\\\";for=6.6.6.6;x=\";for=192.0.2.1"], "192.0.2.1"),
        (&[b"For=\"192.0.2.1:80\" ; proto=https;by=10.0.0.1"], "192.0.2.1"),
        (&[b"for=\"[2001:db8::1]:4711\""], "2001:db8::1"),
        (&[b"for=6.6.6.6, for=192.0.2.1;host=\"a,for=6.6.6.6;x=\""], "192.0.2.1"),
        (&[b"for=192.0.2.1;host=\"\\\",for=6.6.6.6,\\\\\""], "192.0.2.1"),
        (&[b"for=\"6.6.6.6, for=192.0.2.1"], "192.0.2.1"),
        (&[b"for=6.6.6.6, for=192.0.2.1, for=10.2.2.2"], "192.0.2.1"),
        (&[b"for=\"6.6.6.6", b"for=192.0.2.1"], "192.0.2.1"),
        (&[b"for=6.6.6.6, for=192.0.2.1;for=192.0.2.2"], "10.0.0.1"),
        (&[b"for=6.6.6.6, proto=https"], "10.0.0.1"),
    ];
    for (lines, expected) in cases {
        assert_eq!(forwarded(PROXY, lines), ip(expected), "{lines:?}");
    }
}

#[test]
fn an_entry_that_is_no_address_leaves_the_proxy_that_wrote_it() {
    for garbage in [
        "unknown",
        "_hidden",
        "1.2.3",
        "010.0.0.1",
        "192.0.2.1:99999",
        "192.0.2.1 x",
        "::1%lo",
        "[::1%1]:80",
        "[::1%0]:80",
        "[::1",
        "\u{e9}",
        "\"",
        "-",
    ] {
        let line = format!("6.6.6.6, {garbage}, 10.2.2.2");
        assert_eq!(listed(PROXY, &[line.as_bytes()]), ip("10.2.2.2"), "{garbage}");
        let line = format!("for=6.6.6.6, for={garbage}");
        assert_eq!(forwarded(PROXY, &[line.as_bytes()]), ip("10.0.0.1"), "{garbage}");
    }
}

#[test]
fn headers_of_other_peers_change_nothing() {
    let many = "10.0.0.1,".repeat(10_000);
    for line in [b"192.0.2.1".as_slice(), b"", b",,,", b"\xff\xfe", b"\"", b"for=\"", many.as_bytes()] {
        for peer in ["198.51.100.7:1", "[::ffff:198.51.100.7]:1"] {
            assert_eq!(listed(peer, &[line, line]), ip("198.51.100.7"));
            assert_eq!(forwarded(peer, &[line, line]), ip("198.51.100.7"));
        }
        let peer = ClientAddress::peer().of(&request(Some(PROXY), "x-forwarded-for", &[line]));
        assert_eq!(peer, ip("10.0.0.1"));
        let addresses = ClientAddress::x_forwarded_for(PROXIES).unwrap();
        assert_eq!(addresses.of(&request(None, "x-forwarded-for", &[line])), None);
    }
}

#[test]
fn only_the_configured_header_is_read() {
    let parts = request(Some(PROXY), "forwarded", &[b"for=192.0.2.1"]);
    assert_eq!(ClientAddress::x_forwarded_for(PROXIES).unwrap().of(&parts), ip("10.0.0.1"));
    let parts = request(Some(PROXY), "x-forwarded-for", &[b"192.0.2.1"]);
    assert_eq!(ClientAddress::forwarded(PROXIES).unwrap().of(&parts), ip("10.0.0.1"));
}

#[test]
fn ten_thousand_entries_are_read_from_the_right() {
    let line = format!("{}192.0.2.1, {}", "6.6.6.6,".repeat(10_000), "10.0.0.2,".repeat(10_000));
    assert_eq!(listed(PROXY, &[line.as_bytes()]), ip("192.0.2.1"));
    let quotes = format!("{}, for=192.0.2.1", "\\\"".repeat(20_000));
    assert_eq!(forwarded(PROXY, &[quotes.as_bytes()]), ip("192.0.2.1"));
}

#[test]
fn of_any_peer_the_right_most_entry_counts() {
    let addresses = ClientAddress::x_forwarded_for([]).unwrap().from_any_peer();
    assert_eq!(addresses.of(&request(None, "x-forwarded-for", &[b"6.6.6.6, 192.0.2.1"])), ip("192.0.2.1"));
    assert_eq!(addresses.of(&request(None, "x-forwarded-for", &[b"6.6.6.6, unknown"])), None);
    assert_eq!(addresses.of(&request(None, "x-forwarded-for", &[])), None);
}
