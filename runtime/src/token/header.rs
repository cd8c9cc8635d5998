//! The header of a token (RFC 7515 §4): written in one way, read strictly, and never asked which key to use.

use std::fmt;

use memchr::{memchr_iter, memchr2_iter};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};

use super::{
    algorithm::Algorithm,
    compact,
    error::TokenError,
    json::{Names, Text, skip},
};

/// RFC 7519 §5.1.
const JWT: &str = "JWT";
/// RFC 9068 §2.1.
const ACCESS_TOKEN: &str = "at+jwt";

/// Anybody can write a header, and it is read before the signature is verified: so it is not to be more work than the
/// signature. Headers in use have a handful of these, in objects, lists and text.
const MOST_COMMAS: usize = 16;
const MOST_BACKSLASHES: usize = 32;
/// Those that open.
const MOST_BRACKETS: usize = 8;

/// The encoded header of tokens signed with `algorithm`.
pub(super) fn encode(algorithm: &str) -> String {
    let mut segment = String::new();
    compact::encode_onto(&mut segment, format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#).as_bytes());
    segment
}

/// Reads an encoded header, and hands it to `read`.
pub(super) fn read<R>(segment: &str, read: impl FnOnce(&Header<'_>) -> Result<R, TokenError>) -> Result<R, TokenError> {
    let mut room = Vec::new();
    let text = compact::decode_text(segment, &mut room).ok_or(TokenError::Malformed)?;
    if is_much_work(text.as_bytes()) {
        return Err(TokenError::Header);
    }
    read(&serde_json::from_str(text).map_err(|_| TokenError::Header)?)
}

fn is_much_work(json: &[u8]) -> bool {
    memchr_iter(b',', json).nth(MOST_COMMAS).is_some()
        || memchr_iter(b'\\', json).nth(MOST_BACKSLASHES).is_some()
        || memchr2_iter(b'[', b'{', json).nth(MOST_BRACKETS).is_some()
}

/// The members of a header that have a meaning here.
pub(super) struct Header<'a> {
    alg: Text<'a>,
    typ: Option<Text<'a>>,
    kid: Option<Text<'a>>,
}

impl Header<'_> {
    /// What the token says that it is signed with, if that is known here at all.
    pub(super) fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::named(&self.alg.0)
    }

    /// Which of the configured keys the token names.
    pub(super) fn key_id(&self) -> Option<&str> {
        self.kid.as_ref().map(|Text(kid)| &**kid)
    }

    /// Whether the token's type is one of those that are configured, or else what `profile` asks for: that of an access token
    /// (RFC 9068 §4), or none that speaks against it.
    pub(super) fn is_of_type(&self, configured: Option<&[String]>, profile: Profile) -> bool {
        let Some(Text(typ)) = &self.typ else { return configured.is_none() && profile == Profile::Jwt };
        match (configured, profile) {
            (Some(types), _) => types.iter().any(|accepted| is_type(typ, accepted)),
            (None, Profile::Jwt) => is_type(typ, JWT) || is_type(typ, ACCESS_TOKEN),
            (None, Profile::Rfc9068) => is_type(typ, ACCESS_TOKEN),
        }
    }
}

/// RFC 7515 §4.1.9: a media type, in any case, whose prefix may be left out where no other slash is in it.
fn is_type(typ: &str, accepted: &str) -> bool {
    fn without_prefix(typ: &str) -> &str {
        match typ.split_once('/') {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application") && !rest.contains('/') => rest,
            _ => typ,
        }
    }
    without_prefix(typ).eq_ignore_ascii_case(without_prefix(accepted))
}

/// Which rules a token keeps beside those of every JSON Web Token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Profile {
    #[default]
    Jwt,
    /// JSON Web Token Profile for OAuth 2.0 Access Tokens.
    Rfc9068,
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
        let (mut alg, mut typ, mut kid) = (None, None, None);
        let mut names = Names::default();
        while let Some(name) = names.next(&mut map)? {
            match &*name {
                "alg" => alg = Some(map.next_value()?),
                "typ" => typ = Some(map.next_value()?),
                "kid" => kid = Some(map.next_value()?),
                // RFC 7515 §4.1.11: whatever it lists has to be understood, and an empty list is an error too.
                "crit" => return Err(A::Error::custom("critical extensions are not supported")),
                // RFC 7516 §4.1: of tokens that are encrypted, and not signed.
                "enc" | "zip" => return Err(A::Error::custom("not a signed token")),
                // Of the type that they are registered with, and not used: a token does not bring its own key.
                "cty" | "jku" | "nonce" | "url" | "x5t" | "x5t#S256" | "x5u" => {
                    map.next_value::<Text<'de>>().map(drop)?
                }
                "x5c" => map.next_value::<Vec<Text<'de>>>().map(drop)?,
                // `jwk` among them.
                _ => skip(&mut map)?,
            }
        }
        Ok(Header { alg: alg.ok_or_else(|| A::Error::missing_field("alg"))?, typ, kid })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Algorithm, Profile, TokenError,
        TokenError::{Header, Malformed},
        compact, read,
    };

    fn checked(header: impl AsRef<[u8]>) -> Result<(), TokenError> {
        let mut segment = String::new();
        compact::encode_onto(&mut segment, header.as_ref());
        read(&segment, |header| match header.algorithm() {
            Some(Algorithm::HS256) if header.is_of_type(None, Profile::Jwt) => Ok(()),
            Some(Algorithm::HS256) => Err(Header),
            _ => Err(TokenError::Algorithm),
        })
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let deep = format!(r#"{{"alg":"HS256","x":{}{}}}"#, "[".repeat(128), "]".repeat(128));
        let refused = [
            (r#"{"alg":"none"}"#, TokenError::Algorithm),
            (r#"{"alg":"hs256"}"#, TokenError::Algorithm),
            (r#"{"alg":"HS256 "}"#, TokenError::Algorithm),
            (r#"{"alg":"HS512"}"#, TokenError::Algorithm),
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
    fn a_header_that_is_too_much_work_is_not_read() {
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
    fn what_changes_nothing_is_ignored() {
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
}
