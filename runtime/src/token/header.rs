//! The header of a token (RFC 7515 §4): written in one way, read strictly, and never asked which key to use.

use std::{collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
};

use super::{
    compact,
    error::TokenError,
    json::{self, Text},
};

/// RFC 7519 §5.1 and RFC 9068 §2.1; the prefix is RFC 7515 §4.1.9's.
const TYPES: [&str; 4] = ["JWT", "at+jwt", "application/JWT", "application/at+jwt"];

/// The encoded header of tokens signed with `algorithm`.
pub(super) fn encode(algorithm: &str) -> String {
    let mut segment = String::new();
    compact::encode_onto(&mut segment, format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#).as_bytes());
    segment
}

/// Whether an encoded header is that of a token signed with `algorithm`.
pub(super) fn check(segment: &str, algorithm: &str) -> Result<(), TokenError> {
    let text = compact::decode_text(segment).ok_or(TokenError::Malformed)?;
    let header: Header<'_> = json::read_object(&text).ok_or(TokenError::Header)?;
    if header.alg.0 != algorithm {
        return Err(TokenError::Algorithm);
    }
    match header.typ {
        Some(Text(typ)) if !TYPES.iter().any(|known| known.eq_ignore_ascii_case(&typ)) => Err(TokenError::Header),
        _ => Ok(()),
    }
}

struct Header<'a> {
    alg: Text<'a>,
    typ: Option<Text<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Header<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

/// Reads members of any name: RFC 7515 §4 wants each to be unique, those that nobody knows as well.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Header<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JOSE header")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header<'de>, A::Error> {
        let (mut alg, mut typ) = (None, None);
        let mut seen = HashSet::new();
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match &*name.0 {
                "alg" => alg = Some(map.next_value()?),
                "typ" => typ = Some(map.next_value()?),
                "kid" => drop(map.next_value::<Text<'de>>()?),
                // RFC 7515 §4.1.11: whatever it lists has to be understood, and an empty list is an error too.
                "crit" => return Err(A::Error::custom("critical extensions are not supported")),
                // `jwk`, `jku`, `x5c` and `x5u` among them: a token does not bring its own key.
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
            if !seen.insert(name) {
                return Err(A::Error::custom("a member is named twice"));
            }
        }
        Ok(Header { alg: alg.ok_or_else(|| A::Error::missing_field("alg"))?, typ })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        TokenError,
        TokenError::{Algorithm, Header, Malformed},
        check, compact,
    };

    fn checked(header: impl AsRef<[u8]>) -> Result<(), TokenError> {
        let mut segment = String::new();
        compact::encode_onto(&mut segment, header.as_ref());
        check(&segment, "HS256")
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let deep = format!(r#"{{"alg":"HS256","x":{}{}}}"#, "[".repeat(128), "]".repeat(128));
        let refused = [
            (r#"{"alg":"none"}"#, Algorithm),
            (r#"{"alg":"hs256"}"#, Algorithm),
            (r#"{"alg":"HS256 "}"#, Algorithm),
            (r#"{"alg":"HS512"}"#, Algorithm),
            (r#"{"alg":["HS256"]}"#, Header),
            (r#"{"alg":null}"#, Header),
            (r#"{"typ":"JWT"}"#, Header),
            (r#"{"alg":"HS256","crit":[]}"#, Header),
            (r#"{"alg":"HS256","crit":null}"#, Header),
            (r#"{"alg":"HS256","\u0063rit":["exp"]}"#, Header),
            (r#"{"alg":"HS256","typ":"JWS"}"#, Header),
            (r#"{"alg":"HS256","typ":""}"#, Header),
            (r#"{"alg":"HS256","typ":"application/x"}"#, Header),
            (r#"{"alg":"HS256","typ":null}"#, Header),
            (r#"{"alg":"HS256","typ":["JWT"]}"#, Header),
            (r#"{"alg":"HS256","kid":1}"#, Header),
            (r#"{"alg":"HS256","kid":null}"#, Header),
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
    fn what_changes_nothing_is_ignored() {
        let accepted = [
            r#"{"alg":"HS256"}"#,
            r#" { "typ" : "JWT" , "alg" : "HS256" } "#,
            r#"{"alg":"HS256","typ":"jwt","kid":"1"}"#,
            r#"{"alg":"HS256","typ":"at+JWT"}"#,
            r#"{"alg":"HS256","typ":"application/at+jwt"}"#,
            r#"{"alg":"HS256","typ":"Application/jwt"}"#,
            r#"{"alg":"HS256","jwk":{"kty":"oct","k":""},"jku":"https://example.com","x5u":1,"x5c":[]}"#,
        ];
        for header in accepted {
            assert_eq!(checked(header), Ok(()), "{header}");
        }
    }
}
