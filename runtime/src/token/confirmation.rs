//! The claim `cnf`: parses the keys and certificates that a token is bound to (RFC 7800 §3.1, RFC 8705 §3.1, RFC 9449 §6.1).

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
    ser::SerializeMap,
};

use crate::jose::json::Text;

const JKT: &str = "jkt";
const X5T_S256: &str = "x5t#S256";
/// A SHA-256 in base64url without padding.
const LENGTH: usize = 43;

/// What a token is bound to, its claim `cnf`. Only a client that proves that it has this may use the token. A token with both
/// members needs both proofs.
///
/// ```
/// use axum_scopes::token::Confirmation;
///
/// let cnf = Confirmation::of_key([7; 32]);
/// assert_eq!((cnf.jkt(), cnf.x5t_s256()), (Some(&[7; 32]), None));
/// assert_eq!(serde_json::to_string(&cnf)?, r#"{"jkt":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Confirmation {
    jkt: Option<[u8; 32]>,
    x5t_s256: Option<[u8; 32]>,
}

impl Confirmation {
    /// Bound to the key with this thumbprint (RFC 7638), which DPoP proofs are signed with (RFC 9449 §6.1).
    ///
    /// ```
    /// # use axum_scopes::token::Confirmation;
    /// assert!(Confirmation::of_key([7; 32]).jkt().is_some());
    /// ```
    #[must_use]
    pub const fn of_key(jkt: [u8; 32]) -> Self {
        Self { jkt: Some(jkt), x5t_s256: None }
    }

    /// Bound to the client certificate whose DER has this SHA-256 (RFC 8705 §3.1).
    ///
    /// ```
    /// # use axum_scopes::token::Confirmation;
    /// assert!(Confirmation::of_certificate([7; 32]).x5t_s256().is_some());
    /// ```
    #[must_use]
    pub const fn of_certificate(x5t_s256: [u8; 32]) -> Self {
        Self { jkt: None, x5t_s256: Some(x5t_s256) }
    }

    /// Bound to something that nobody can confirm.
    const UNKNOWN: Self = Self { jkt: None, x5t_s256: None };

    pub(crate) const fn is_unknown(&self) -> bool {
        self.jkt.is_none() && self.x5t_s256.is_none()
    }

    /// The confirmation in a JSON object of claims.
    pub(super) fn of_payload(json: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Payload {
            #[serde(default, deserialize_with = "present")]
            cnf: Option<Confirmation>,
        }
        // `null` is no absent member.
        fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Confirmation>, D::Error> {
            Confirmation::deserialize(deserializer).map(Some)
        }
        serde_json::from_str::<Payload>(json).map_or(Some(Self::UNKNOWN), |payload| payload.cnf)
    }

    /// The member `jkt`: the thumbprint of a key.
    ///
    /// ```
    /// # use axum_scopes::token::Confirmation;
    /// assert_eq!(Confirmation::of_key([7; 32]).jkt(), Some(&[7; 32]));
    /// ```
    #[must_use]
    pub const fn jkt(&self) -> Option<&[u8; 32]> {
        self.jkt.as_ref()
    }

    /// The member `x5t#S256`: the SHA-256 of a certificate.
    ///
    /// ```
    /// # use axum_scopes::token::Confirmation;
    /// assert_eq!(Confirmation::of_certificate([7; 32]).x5t_s256(), Some(&[7; 32]));
    /// ```
    #[must_use]
    pub const fn x5t_s256(&self) -> Option<&[u8; 32]> {
        self.x5t_s256.as_ref()
    }
}

impl Serialize for Confirmation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, digest) in [(JKT, &self.jkt), (X5T_S256, &self.x5t_s256)] {
            if let Some(digest) = digest {
                members.serialize_entry(name, &URL_SAFE_NO_PAD.encode(digest))?;
            }
        }
        members.end()
    }
}

/// A `cnf` with another member is an error: nobody could confirm that member, and a token that is bound to it and to a key needs
/// both.
impl<'de> Deserialize<'de> for Confirmation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Confirmation;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `jkt` or `x5t#S256`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Confirmation, A::Error> {
        let mut found = Confirmation::UNKNOWN;
        while let Some(Text(name)) = map.next_key()? {
            let member = match &*name {
                JKT => &mut found.jkt,
                X5T_S256 => &mut found.x5t_s256,
                _ => return Err(A::Error::custom("a member that nobody can confirm")),
            };
            let Text(text) = map.next_value()?;
            if member.replace(digest(&text).ok_or_else(|| A::Error::custom("no SHA-256"))?).is_some() {
                return Err(A::Error::custom("a member twice"));
            }
        }
        if found.is_unknown() {
            return Err(A::Error::custom("no member"));
        }
        Ok(found)
    }
}

fn digest(text: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    let is_short = text.len() == LENGTH;
    (is_short && URL_SAFE_NO_PAD.decode_slice(text, &mut digest) == Ok(32)).then_some(digest)
}

#[cfg(test)]
mod tests {
    use super::Confirmation;

    const JKT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    fn parse(json: &str) -> Option<Confirmation> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn known_members_are_parsed_and_written_alike() {
        for json in [
            format!(r#"{{"jkt":"{JKT}"}}"#),
            format!(r#"{{"x5t#S256":"{JKT}"}}"#),
            format!(r#"{{"jkt":"{JKT}","x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}"#)
                .replace("-dg2", "-dg0"),
        ] {
            let cnf = parse(&json).unwrap_or_else(|| panic!("{json}"));
            assert_eq!(serde_json::to_string(&cnf).ok().as_deref(), Some(&*json));
        }
    }

    #[test]
    fn an_error_says_what_is_expected() {
        let error = serde_json::from_str::<Confirmation>("7").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("expected an object with `jkt` or `x5t#S256`"), "{error}");
    }

    #[test]
    fn a_payload_tells_what_it_is_bound_to() {
        for (payload, expected) in [
            (r#"{"sub":"a"}"#.to_owned(), None),
            (format!(r#"{{"sub":"a","cnf":{{"jkt":"{JKT}"}}}}"#), parse(&format!(r#"{{"jkt":"{JKT}"}}"#))),
            (r#"{"cnf":{"kid":"a"}}"#.to_owned(), Some(Confirmation::UNKNOWN)),
            (r#"{"cnf":null}"#.to_owned(), Some(Confirmation::UNKNOWN)),
            (r#"{"cnf":"#.to_owned(), Some(Confirmation::UNKNOWN)),
        ] {
            assert_eq!(Confirmation::of_payload(&payload), expected, "{payload}");
        }
    }

    #[test]
    fn a_member_that_is_not_known_is_refused() {
        let refused = [
            r#"{"kid":"K"}"#,
            r#"{"jkt":"K","kid":"x"}"#,
            r#"{"jwk":{}}"#,
            r#"{"jku":"https://a"}"#,
            "{}",
            "null",
            "\"K\"",
            "[\"K\"]",
            r#"{"jkt":null}"#,
            r#"{"jkt":["K"]}"#,
            r#"{"jkt":""}"#,
            r#"{"jkt":"KA"}"#,
            r#"{"jkt":"K="}"#,
            r#"{"jkt":"K","jkt":"K"}"#,
            r#"{"x5t#S256":"K","jkt":"short"}"#,
            r#"{"JKT":"K"}"#,
            r#"{"x5t":"K"}"#,
        ];
        for json in refused.map(|json| json.replace('K', JKT)) {
            assert_eq!(parse(&json), None, "{json}");
        }
        // Another text of the same bytes is no canonical base64url.
        assert_eq!(parse(&format!(r#"{{"jkt":"{}J"}}"#, &JKT[..42])), None);
    }
}
