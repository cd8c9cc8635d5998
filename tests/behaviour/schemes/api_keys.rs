//! API keys are read from a header, from the query and from a cookie.

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme,
    credential::{ApiKeyCookie, ApiKeyQuery},
};
use axum_scopes_tests::prelude::*;

use super::{
    Found::{self, Nothing, Value},
    expect, routes,
};

struct Header;
impl ApiKeyScheme for Header {
    const NAME: &str = "HeaderKey";
    // The names of headers are case-insensitive (RFC 9110 §5.1).
    const PARAMETER: &str = "X-Api-Key";
}

struct Query;
impl ApiKeyScheme for Query {
    const NAME: &str = "QueryKey";
    const PARAMETER: &str = "key";
}

struct Cookie;
impl ApiKeyScheme for Cookie {
    const NAME: &str = "CookieKey";
    const PARAMETER: &str = "session";
}

async fn expect_header(values: &[&[u8]], found: Found) {
    expect(&routes!(ApiKeyHeader<Header>), "APIKey", found, "", "x-api-key", values).await;
}

async fn expect_query(query: &str, found: Found) {
    expect(&routes!(ApiKeyQuery<Query>), "APIKey", found, query, "x-api-key", &[]).await;
}

async fn expect_cookie(values: &[&[u8]], found: Found) {
    expect(&routes!(ApiKeyCookie<Cookie>), "APIKey", found, "", "cookie", values).await;
}

#[tokio::test]
async fn a_key_in_a_header_is_taken_unchanged() {
    for (values, found) in [
        (&[][..], Nothing),
        (&[""], Nothing),
        (&["k"], Value("<k>")),
        (&["a b"], Value("<a b>")),
        (&["\"q\""], Value("<\"q\">")),
        (&["Bearer k"], Value("<Bearer k>")),
        (&["a=b; c, d"], Value("<a=b; c, d>")),
    ] {
        expect_header(&values.iter().map(|value| value.as_bytes()).collect::<Vec<_>>(), found).await;
    }
}

#[tokio::test]
async fn a_key_in_the_query_is_decoded() {
    for (query, found) in [
        ("", Nothing),
        ("?", Nothing),
        ("?key", Nothing),
        ("?key=", Nothing),
        ("?KEY=k", Nothing),
        ("?xkey=k&key2=k&x=key", Nothing),
        ("?key=k", Value("<k>")),
        ("?x=1&key=k&y", Value("<k>")),
        ("?k%65y=k", Value("<k>")),
        ("?key=a+b", Value("<a b>")),
        ("?key=a%20b%26key=c", Value("<a b&key=c>")),
        ("?key=%", Value("<%>")),
        ("?key=%4", Value("<%4>")),
        ("?key=a=b", Value("<a=b>")),
    ] {
        expect_query(query, found).await;
    }
}

#[tokio::test]
async fn a_key_in_a_cookie_is_found_among_others() {
    for (values, found) in [
        (&[][..], Nothing),
        (&[""], Nothing),
        (&["session"], Nothing),
        (&["session="], Nothing),
        (&["Session=k"], Nothing),
        (&["xsession=k; sessionx=k; x=session=k"], Nothing),
        (&["session=k"], Value("<k>")),
        (&["a=1; session=k; b=2"], Value("<k>")),
        (&["a=1;session=k;"], Value("<k>")),
        (&["session = k"], Value("<k>")),
        (&["session=a=b"], Value("<a=b>")),
        (&["session=%41"], Value("<%41>")),
        // RFC 6265 §5.4 allows one header, but HTTP/2 may split it (RFC 9113 §8.2.3).
        (&["session=k", "a=1"], Value("<k>")),
        (&["a=1", "session=k"], Value("<k>")),
        (&["", ";;=;", "session=k"], Value("<k>")),
    ] {
        expect_cookie(&values.iter().map(|value| value.as_bytes()).collect::<Vec<_>>(), found).await;
    }
}

/// FastAPI removes the quotes. By RFC 6265 §4.1.1 they are part of the value, and no key needs any.
#[tokio::test]
async fn quotes_belong_to_the_key_in_a_cookie() {
    expect_cookie(&[b"session=\"k\""], Value("<\"k\">")).await;
}

/// This is stricter than FastAPI, which takes the first header, the last parameter and the last cookie. A proxy in front
/// may have read the other one.
#[tokio::test]
async fn two_keys_count_as_none() {
    for values in [["a", "b"], ["a", "a"], ["a", ""], ["", "a"]] {
        expect_header(&values.map(str::as_bytes), Nothing).await;
        let [first, second] = values;
        expect_query(&format!("?key={first}&key={second}"), Nothing).await;
        expect_query(&format!("?key={first}&x&k%65y={second}"), Nothing).await;
        let [first, second] = values.map(|value| format!("session={value}"));
        expect_cookie(&[format!("{first}; {second}").as_bytes()], Nothing).await;
        expect_cookie(&[first.as_bytes(), second.as_bytes()], Nothing).await;
    }
    for cookies in ["session; session=k", "session=k; session", "session; session"] {
        expect_cookie(&[cookies.as_bytes()], Nothing).await;
    }
}

/// This is stricter than FastAPI, which takes any text. A key is visible ASCII, so that every reader sees the same text.
#[tokio::test]
async fn text_that_is_not_ascii_is_no_key() {
    for bytes in [&b"\xff"[..], "é".as_bytes(), b"k\x80"] {
        expect_header(&[bytes], Nothing).await;
        expect_cookie(&[&[b"session=", bytes].concat()], Nothing).await;
    }
    for query in ["?key=%C3%A9", "?key=%ff", "?key=a%0Ab", "?key=a%00", "?key=%7F"] {
        expect_query(query, Nothing).await;
    }
}

/// Other services on the same domain may set any cookie.
#[tokio::test]
async fn other_cookies_can_hold_anything() {
    for other in [&b"name=\xff"[..], "näme=é".as_bytes(), b"\x80", "🔒".as_bytes()] {
        for cookies in [[other, b"session=k"], [b"session=k", other]] {
            expect_cookie(&[&cookies.join(&b"; "[..])], Value("<k>")).await;
            expect_cookie(&cookies, Value("<k>")).await;
        }
    }
}
