//! The header of a signed text (RFC 7515 §4): takes JSON, yields the header parameters. A key in a header is never trusted.

use memchr::{memchr_iter, memchr2_iter};
use serde::{Deserialize, Deserializer, de::Error};

use super::{
    algorithm::Algorithm,
    compact,
    error::JwsError,
    json::Text,
    strict::{self, Raw},
};

/// Most headers are parsed before the signature is verified, so parsing must cost less than verifying. Real headers have a
/// handful of commas.
const MOST_COMMAS: usize = 16;
const MOST_BACKSLASHES: usize = 32;
/// Only opening brackets count.
const MOST_BRACKETS: usize = 8;

/// An encoded header.
pub(crate) fn encode(algorithm: Algorithm, typ: &str, kid: Option<&str>) -> String {
    let text = |value: &str| serde_json::Value::from(value);
    let kid = kid.map(|kid| format!(r#","kid":{}"#, text(kid))).unwrap_or_default();
    let mut segment = String::new();
    compact::encode_onto(&mut segment, format!(r#"{{"alg":"{algorithm}","typ":{}{kid}}}"#, text(typ)).as_bytes());
    segment
}

/// The header parameters that are parsed. All names must be unique, those of unknown parameters too (RFC 7515 §4).
#[derive(Deserialize)]
#[expect(dead_code, reason = "some parameters are parsed only to refuse them or to check their type")]
pub(crate) struct Header<'a> {
    #[serde(borrow)]
    alg: Text<'a>,
    #[serde(borrow)]
    typ: Option<Text<'a>>,
    #[serde(borrow)]
    kid: Option<Text<'a>>,
    /// Of any type, because only a caller that uses it needs its type.
    #[serde(borrow)]
    jwk: Option<Raw<'a>>,
    /// Refused: its extensions must be understood, and none is. An empty list is an error too (RFC 7515 §4.1.11).
    crit: Option<Unsupported>,
    // Refused: they belong to encrypted texts (RFC 7516 §4.1).
    enc: Option<Unsupported>,
    zip: Option<Unsupported>,
    // Parsed only to check their type: a signature must not bring its own key.
    cty: Option<AnyText>,
    jku: Option<AnyText>,
    nonce: Option<AnyText>,
    url: Option<AnyText>,
    x5t: Option<AnyText>,
    #[serde(rename = "x5t#S256")]
    x5t_s256: Option<AnyText>,
    x5u: Option<AnyText>,
    x5c: Option<Vec<AnyText>>,
}

/// A string that nobody reads. Kept, it would make the header several times larger, and a header is moved a few times.
struct AnyText;

impl<'de> Deserialize<'de> for AnyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|_| Self)
    }
}

/// A parameter whose presence is an error.
struct Unsupported;

impl<'de> Deserialize<'de> for Unsupported {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("not supported"))
    }
}

impl<'a> Header<'a> {
    /// Parses a decoded header.
    pub(super) fn read(json: &'a str) -> Result<Self, JwsError> {
        #[cfg(test)]
        super::tests::work::add_one(&super::tests::work::HEADERS);
        if is_costly(json.as_bytes()) {
            return Err(JwsError::Header);
        }
        strict::read(json).map_err(|_| JwsError::Header)
    }

    /// The algorithm that `alg` names; `None` if it is unknown.
    pub(crate) fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::from_name(&self.alg.0)
    }

    pub(super) fn kid(&self) -> Option<&str> {
        self.kid.as_ref().map(|Text(kid)| &**kid)
    }

    /// The media type of the whole text, to be compared with [`is_type`].
    pub(crate) fn typ(&self) -> Option<&str> {
        self.typ.as_ref().map(|Text(typ)| &**typ)
    }

    /// The JSON of the key in the header. Anybody can send a key, so a good signature proves only that the signer has the
    /// private key.
    #[cfg(any(test, feature = "dpop"))]
    pub(crate) fn jwk(&self) -> Option<&'a str> {
        self.jwk.as_ref().map(Raw::as_str)
    }
}

fn is_costly(json: &[u8]) -> bool {
    memchr_iter(b',', json).nth(MOST_COMMAS).is_some()
        || memchr_iter(b'\\', json).nth(MOST_BACKSLASHES).is_some()
        || memchr2_iter(b'[', b'{', json).nth(MOST_BRACKETS).is_some()
}

/// Compares media types, ignoring case. The prefix `application/` may be missing if there is no other slash
/// (RFC 7515 §4.1.9).
pub(crate) fn is_type(typ: &str, accepted: &str) -> bool {
    fn without_prefix(typ: &str) -> &str {
        match typ.split_once('/') {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application") && !rest.contains('/') => rest,
            _ => typ,
        }
    }
    // Nearly all issuers write it as it is here, and that comparison is the cheaper one.
    typ.eq_ignore_ascii_case(accepted) || without_prefix(typ).eq_ignore_ascii_case(without_prefix(accepted))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{compact::Compact, jws::Jws},
        Algorithm, Header as Parsed,
        JwsError::{self, Header, Malformed},
        compact, is_type,
    };

    /// Whether it is a header of a signed token.
    fn checked(header: impl AsRef<[u8]>) -> Result<(), JwsError> {
        let mut token = String::new();
        compact::encode_onto(&mut token, header.as_ref());
        token.push_str("..");
        let parts = Compact::split(&token, usize::MAX)?;
        let jws = Jws::new(&parts);
        let header = jws.header()?;
        match header.algorithm() {
            Some(Algorithm::HS256)
                if header.typ().is_none_or(|typ| ["JWT", "at+jwt"].iter().any(|of| is_type(typ, of))) =>
            {
                Ok(())
            }
            Some(Algorithm::HS256) => Err(Header),
            _ => Err(JwsError::Algorithm),
        }
    }

    #[test]
    fn headers_that_are_not_understood_are_refused() {
        let deep = format!(r#"{{"alg":"HS256","x":{}{}}}"#, "[".repeat(128), "]".repeat(128));
        let refused = [
            (r#"{"alg":"none"}"#, JwsError::Algorithm),
            (r#"{"alg":"hs256"}"#, JwsError::Algorithm),
            (r#"{"alg":"HS256 "}"#, JwsError::Algorithm),
            (r#"{"alg":"HS512"}"#, JwsError::Algorithm),
            (r#"{"alg":["HS256"]}"#, Header),
            (r#"{"alg":null}"#, Header),
            (r#"{"typ":"JWT"}"#, Header),
            (r#"{"alg":"HS256","crit":[]}"#, Header),
            (r#"{"alg":"HS256","crit":null}"#, Header),
            (r#"{"alg":"HS256","\u0063rit":["exp"]}"#, Header),
            (r#"{"alg":"HS256","typ":"JWS"}"#, Header),
            (r#"{"alg":"HS256","typ":""}"#, Header),
            (r#"{"alg":"HS256","typ":"application/x"}"#, Header),
            (r#"{"alg":"HS256","typ":"application/application/jwt"}"#, Header),
            (r#"{"alg":"HS256","typ":"text/jwt"}"#, Header),
            (r#"{"alg":"HS256","typ":"/jwt"}"#, Header),
            (r#"{"alg":"HS256","typ":"jwt/"}"#, Header),
            (r#"{"alg":"HS256","typ":null}"#, Header),
            (r#"{"alg":"HS256","typ":["JWT"]}"#, Header),
            (r#"{"alg":"HS256","kid":1}"#, Header),
            (r#"{"alg":"HS256","kid":null}"#, Header),
            (r#"{"alg":"HS256","enc":"A128GCM"}"#, Header),
            (r#"{"alg":"HS256","zip":"DEF"}"#, Header),
            (r#"{"alg":"HS256","jku":1}"#, Header),
            (r#"{"alg":"HS256","x5u":null}"#, Header),
            (r#"{"alg":"HS256","x5t#S256":[]}"#, Header),
            (r#"{"alg":"HS256","x5c":"MII"}"#, Header),
            (r#"{"alg":"HS256","x5c":[1]}"#, Header),
            (r#"{"alg":"HS256","x5t":"","x5t":""}"#, Header),
            (r#"{"alg":"HS256","alg":"HS256"}"#, Header),
            (r#"{"alg":"none","al\u0067":"HS256"}"#, Header),
            (r#"{"alg":"HS256","typ":"JWT","typ":"JWT"}"#, Header),
            (r#"{"alg":"HS256","x":1,"x":1}"#, Header),
            (r#"["HS256","JWT"]"#, Header),
            (r#"{"alg":"HS256"}x"#, Header),
            (r#"{"alg":"HS256"}{}"#, Header),
            (r#"{"alg":"HS256",}"#, Header),
            ("\u{feff}{\"alg\":\"HS256\"}", Header),
            ("", Header),
            (&deep, Header),
        ];
        for (header, because) in refused {
            assert_eq!(checked(header), Err(because), "{header}");
        }
        assert_eq!(checked(b"{\"alg\":\"HS256\",\"x\":\"\xff\"}"), Err(Malformed));
    }

    #[test]
    fn headers_that_cost_too_much_work_are_not_read() {
        let with = |value: &str| checked(format!(r#"{{"alg":"HS256","x":{value}}}"#));
        let list = |elements: usize| with(&format!("[{}]", vec!["0"; elements].join(",")));
        assert_eq!((list(16), list(17)), (Ok(()), Err(Header)));
        let members = |count: usize| (0..count).map(|i| format!(r#""{i}":0"#)).collect::<Vec<_>>().join(",");
        let object = |count| with(&format!("{{{}}}", members(count)));
        assert_eq!((object(16), object(17)), (Ok(()), Err(Header)));
        let escapes = |count| with(&format!(r#""{}""#, r"\n".repeat(count)));
        assert_eq!((escapes(32), escapes(33)), (Ok(()), Err(Header)));
        let deep = |depth: usize| with(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert_eq!((deep(7), deep(8)), (Ok(()), Err(Header)));
        let objects = |depth: usize| with(&format!("{}0{}", r#"{"":"#.repeat(depth), "}".repeat(depth)));
        assert_eq!((objects(7), objects(8)), (Ok(()), Err(Header)));
        // A chain of certificates, which are long.
        let certificate = format!(r#""{}""#, "M".repeat(2000));
        assert_eq!(with(&format!("[{}]", [certificate.as_str(); 3].join(","))), Ok(()));
    }

    #[test]
    fn members_without_a_meaning_are_ignored() {
        let accepted = [
            r#"{"alg":"HS256"}"#,
            r#" { "typ" : "JWT" , "alg" : "HS256" } "#,
            r#"{"alg":"HS256","typ":"jwt","kid":"1"}"#,
            r#"{"alg":"HS256","typ":"at+JWT"}"#,
            r#"{"alg":"HS256","typ":"application/at+jwt"}"#,
            r#"{"alg":"HS256","typ":"Application/jwt"}"#,
            r#"{"alg":"HS256","jwk":{"kty":"oct","k":""},"jku":"https://example.com","x5u":"","x5c":[]}"#,
            r#"{"alg":"HS256","cty":"","x5c":["MII\u0042"],"x5t":"a","x5t#S256":"b","url":"c","nonce":"d"}"#,
        ];
        for header in accepted {
            assert_eq!(checked(header), Ok(()), "{header}");
        }
    }

    #[test]
    fn a_key_in_the_header_is_read_on_request() {
        let jwk = |header| Parsed::read(header).map(|header| header.jwk()).ok();
        assert_eq!(jwk(r#"{"alg":"ES256"}"#), Some(None));
        assert_eq!(jwk(r#"{"alg":"ES256","jwk": {"kty":"EC"} }"#), Some(Some(r#"{"kty":"EC"}"#)));
        assert_eq!(jwk(r#"{"alg":"ES256","jwk":null}"#), Some(Some("null")));
        assert_eq!(jwk(r#"{"alg":"ES256","jwk":{"kty":"EC","kty":"EC"}}"#), None);
        assert_eq!(jwk(r#"{"alg":"ES256","jwk":{},"jwk":{}}"#), None);
    }
}
