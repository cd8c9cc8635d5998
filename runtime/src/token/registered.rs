//! Parses claims: takes a JSON object, yields the registered claims that are checked (RFC 7519 §4.1).

use std::fmt;

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};

use super::{audience::Audience, confirmation::Confirmation, numeric_date::NumericDate, scope_claim::ScopeValue};
use crate::jose::{
    json::{Names, Text, once},
    strict::skip_value,
};

/// The claims that are checked, in their types.
#[derive(Default)]
pub(super) struct Registered<'a> {
    pub(super) sub: Option<Text<'a>>,
    pub(super) exp: Option<NumericDate>,
    pub(super) nbf: Option<NumericDate>,
    pub(super) iss: Option<Text<'a>>,
    pub(super) aud: Option<Audience<'a>>,
    // Of any type, because only the configured one is used.
    pub(super) scope: Option<ScopeValue<'a>>,
    pub(super) scopes: Option<ScopeValue<'a>>,
    pub(super) scp: Option<ScopeValue<'a>>,
    pub(super) iat: Option<NumericDate>,
    pub(super) jti: Option<Text<'a>>,
    pub(super) cnf: Option<Box<Confirmation>>,
    // Of any type, because only RFC 9068 defines it.
    pub(super) client_id: Option<ScopeValue<'a>>,
    // Of any type, because only the service's own tokens are held against sessions.
    pub(super) sid: Option<ScopeValue<'a>>,
}

impl<'a> Registered<'a> {
    /// Parses a whole text. The claims are written to their place at once: returned, they would be moved from one function of serde
    /// to the next.
    #[inline]
    pub(super) fn read(&mut self, json: &'a str) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        deserializer.deserialize_map(Members(self))?;
        deserializer.end()
    }
}

/// Not derived, because every request parses claims: here only unknown names are compared with one another.
struct Members<'a, 'de>(&'a mut Registered<'de>);

impl<'de> Visitor<'de> for Members<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of claims")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(claims) = self;
        let mut names = Names::default();
        while let Some(Text(name)) = map.next_key()? {
            match &*name {
                "sub" => once(&mut claims.sub, &mut map)?,
                "exp" => once(&mut claims.exp, &mut map)?,
                "nbf" => once(&mut claims.nbf, &mut map)?,
                "iss" => once(&mut claims.iss, &mut map)?,
                "aud" => once(&mut claims.aud, &mut map)?,
                "scope" => once(&mut claims.scope, &mut map)?,
                "scopes" => once(&mut claims.scopes, &mut map)?,
                "scp" => once(&mut claims.scp, &mut map)?,
                "iat" => once(&mut claims.iat, &mut map)?,
                "jti" => once(&mut claims.jti, &mut map)?,
                "cnf" => once(&mut claims.cnf, &mut map)?,
                "client_id" => once(&mut claims.client_id, &mut map)?,
                "sid" => once(&mut claims.sid, &mut map)?,
                _ => {
                    names.add(name)?;
                    skip_value(&mut map)?;
                }
            }
        }
        Ok(())
    }
}
