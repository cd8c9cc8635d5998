//! The headers of a message: they come in with the message, and whatever says something else than the message does goes out as a
//! refusal. What stands in front of this service may have decided by them.

use std::borrow::Cow;

use axum::http::{
    HeaderMap,
    header::{CONTENT_ENCODING, CONTENT_TYPE},
};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::message::Message;

const METHOD: &str = "mcp-method";
const NAME: &str = "mcp-name";

/// Whether the body is JSON in UTF-8 by its only `Content-Type`, and is not compressed. A service might read another body in another way.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    if headers.contains_key(CONTENT_ENCODING) {
        return false;
    }
    let Ok(Some(value)) = single(headers, CONTENT_TYPE.as_str()) else { return false };
    let mut parts = value.split(';').map(str::trim);
    let is_utf8 = |parameter: &str| {
        let (name, value) = parameter.split_once('=').unwrap_or_default();
        name.eq_ignore_ascii_case("charset") && value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    };
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json")) && parts.all(is_utf8)
}

/// Whether `Mcp-Method` and `Mcp-Name` are absent or say what the message says. Only clients of newer revisions send them.
pub(super) fn agree(headers: &HeaderMap, message: &Message) -> bool {
    says(headers, METHOD, message.method.as_deref(), |value| Some(Cow::Borrowed(value)))
        && says(headers, NAME, message.name.as_deref(), decoded)
}

fn says(headers: &HeaderMap, name: &str, said: Option<&str>, read: fn(&str) -> Option<Cow<'_, str>>) -> bool {
    match single(headers, name) {
        Ok(None) => true,
        Ok(Some(value)) => said.is_some() && read(value).as_deref() == said,
        Err(Repeated) => false,
    }
}

/// Text that a header cannot hold is `=?base64?…?=`.
fn decoded(value: &str) -> Option<Cow<'_, str>> {
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        Some(encoded) => String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok().map(Cow::Owned),
        None => Some(Cow::Borrowed(value)),
    }
}

/// More than one value, or one that is no visible ASCII.
struct Repeated;

fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Repeated> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Repeated),
        _ => Err(Repeated),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(list: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in list {
            headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (value, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=utf-16", false),
            ("application/json; boundary=x", false),
            ("application/json;", false),
            ("application/jsonx", false),
            ("text/plain", false),
            ("", false),
        ] {
            assert_eq!(is_json(&headers(&[("content-type", value)])), expected, "{value}");
        }
        assert!(!is_json(&HeaderMap::new()));
        for coding in ["br", "gzip", "identity", ""] {
            assert!(
                !is_json(&headers(&[("content-type", "application/json"), ("content-encoding", coding)])),
                "{coding}"
            );
        }
        let two = [("content-type", "application/json"), ("content-type", "application/json")];
        assert!(!is_json(&headers(&two)));
    }

    #[test]
    fn headers_say_what_the_message_says() {
        let call = |name: &str| {
            let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"{name}"}}}}"#);
            Message::read(body.as_bytes()).unwrap()
        };
        for (list, expected) in [
            (&[][..], true),
            (&[("mcp-method", "tools/call"), ("mcp-name", "é")], false),
            (&[("mcp-method", "tools/call"), ("mcp-name", "=?base64?w6k=?=")], true),
            (&[("mcp-name", "=?base64?w6k=?=")], true),
            (&[("mcp-name", "=?base64?w6k?=")], false),
            (&[("mcp-name", "=?base64?/w==?=")], false),
            (&[("mcp-name", "e")], false),
            (&[("mcp-name", "")], false),
            (&[("mcp-name", "=?base64?w6k=?="), ("mcp-name", "=?base64?w6k=?=")], false),
            (&[("mcp-method", "tools/list")], false),
            (&[("mcp-method", "Tools/Call")], false),
            (&[("mcp-method", "tools/call"), ("mcp-method", "tools/call")], false),
        ] {
            assert_eq!(agree(&headers(list), &call("é")), expected, "{list:?}");
        }
        assert!(agree(&headers(&[("mcp-name", "write_note")]), &call("write_note")));
        let answer = Message::read(br#"{"jsonrpc":"2.0","id":1,"result":{}}"#).unwrap();
        assert!(agree(&HeaderMap::new(), &answer) && !agree(&headers(&[("mcp-method", "ping")]), &answer));
        let list = Message::read(br#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#).unwrap();
        assert!(!agree(&headers(&[("mcp-name", "x")]), &list));
    }
}
