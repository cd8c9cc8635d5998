//! A target that sends API keys in a header, the query or cookies. Other readers have to find the same key, and to find none where
//! axum-scopes finds none: a key that is there twice is no key.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderValue, Uri},
    routing::get,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Depends, HmacKey,
    credential::{ApiKeyCookie, ApiKeyQuery},
    login::{DeviceCookie, Throttle, store::MemoryStore},
    security,
};
use axum_scopes_test_support::{App, Call};

use crate::{form, service::answer};

const NAME: &str = "key";

macro_rules! places {
    ($($module:ident $Extractor:ident),*) => {
        $(
            mod $module {
                use super::*;

                pub(super) struct Key;

                impl ApiKeyScheme for Key {
                    const NAME: &str = stringify!($Extractor);
                    const PARAMETER: &str = NAME;
                }

                #[security]
                pub(super) async fn key($Extractor(key): $Extractor<Key>) -> Result<String, AuthError> {
                    Ok(key.as_str().to_owned())
                }

                #[security]
                pub(super) async fn perhaps(key: Option<Depends<key>>) -> String {
                    key.map_or_else(|| "nobody".to_owned(), |Depends(key)| format!("key {key}"))
                }
            }
        )*
    };
}

places!(in_header ApiKeyHeader, in_query ApiKeyQuery, in_cookie ApiKeyCookie);

static APP: LazyLock<App> = LazyLock::new(|| {
    App::new(
        Router::new()
            .route("/header", get(in_header::perhaps))
            .route("/query", get(in_query::perhaps))
            .route("/cookie", get(in_cookie::perhaps)),
    )
});

static DEVICE: LazyLock<DeviceCookie> =
    LazyLock::new(|| Throttle::new(MemoryStore::default(), &HmacKey::new([7; 32]).expect("a key")).device_cookie());

const DEVICE_NAME: &str = "__Host-known-device";

/// What a request has of a name.
enum Found {
    Nothing,
    /// One value that cannot be a key.
    Unusable,
    Repeated,
    Key(String),
}

/// The first byte chooses the place. The rest is the query, or the headers, one on each line.
pub fn credentials(data: &[u8]) {
    let [place, rest @ ..] = data else { return };
    if place % 4 == 1 {
        let uri = [b"/query?", rest].concat();
        let Ok(uri) = Uri::try_from(uri) else { return };
        return agrees(APP.get(uri.to_string()), query_has(uri.query().unwrap_or_default().as_bytes()));
    }
    let lines = rest.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let Ok(lines) = lines.map(HeaderValue::from_bytes).collect::<Result<Vec<_>, _>>() else { return };
    match place % 4 {
        0 => agrees(APP.get("/header").headers(NAME, &lines), header_has(&lines)),
        2 => agrees(APP.get("/cookie").headers("cookie", &lines), cookies_have(&lines, NAME)),
        _ => {
            let mut request = axum::http::Request::new(());
            request.headers_mut().extend(lines.iter().map(|line| (axum::http::header::COOKIE, line.clone())));
            let device = DEVICE.read(&request.into_parts().0).map(str::trim).map(str::to_owned);
            match cookies_have(&lines, DEVICE_NAME) {
                Found::Key(key) => assert_eq!(device, Some(key)),
                // It is text of any kind here, and its signature is verified later.
                Found::Unusable => (),
                Found::Repeated | Found::Nothing => assert_eq!(device, None),
            }
        }
    }
}

fn agrees(call: Call, expected: Found) {
    let shown = format!("{call:?}");
    let answer = answer(call);
    match expected {
        Found::Nothing => assert_eq!(answer, (200, None, "nobody"), "{shown}"),
        Found::Key(key) => assert_eq!((answer.status(), answer.text()), (200, &*format!("key {key}")), "{shown}"),
        Found::Unusable | Found::Repeated => {
            assert_eq!(answer.status(), 401, "{shown}");
            assert_eq!(answer.text(), r#"{"detail":"Not authenticated"}"#);
        }
    }
}

/// A key has visible ASCII, spaces and tabs.
fn found(values: &[&[u8]]) -> Found {
    match values {
        [] => Found::Nothing,
        [key] if !key.is_empty() && key.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) => {
            Found::Key(String::from_utf8_lossy(key).into_owned())
        }
        [_] => Found::Unusable,
        _ => Found::Repeated,
    }
}

fn header_has(lines: &[HeaderValue]) -> Found {
    found(&lines.iter().map(HeaderValue::as_bytes).collect::<Vec<_>>())
}

fn query_has(query: &[u8]) -> Found {
    let fields = form::fields(query);
    let values: Vec<_> = fields.iter().filter(|(name, _)| name == NAME).map(|(_, value)| value.as_bytes()).collect();
    found(&values)
}

/// The crate `cookie` reads text, so other bytes become letters first. Names and values have none.
fn cookies_have(lines: &[HeaderValue], name: &str) -> Found {
    let letter = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { '\u{f6}' };
    let lines: Vec<String> = lines.iter().map(|line| line.as_bytes().iter().map(letter).collect()).collect();
    let cookies = lines.iter().flat_map(|line| cookie::Cookie::split_parse(line.as_str()));
    let values: Vec<String> =
        cookies.flatten().filter(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned()).collect();
    // A pair without `=` has no name for that crate. For others it has no value, so it makes a second key.
    let is_bare = |pair: &str| pair.trim_matches(|character: char| character.is_ascii_whitespace()) == name;
    let has_bare = lines.iter().flat_map(|line| line.split(';')).any(is_bare);
    if has_bare { Found::Repeated } else { found(&values.iter().map(String::as_bytes).collect::<Vec<_>>()) }
}
