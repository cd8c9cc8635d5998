//! What a token says of itself before anything is verified: good for choosing among configured issuers and for refusing,
//! and for nothing else.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

use crate::{
    jose::json::{Text, once},
    token::{error::TokenError, scope_claim::ScopeValue},
};

/// Hands the issuer that the claims name to `choose`.
pub(super) fn by_issuer<R>(claims: &str, choose: impl FnOnce(&str) -> Result<R, TokenError>) -> Result<R, TokenError> {
    let Named(issuer) = serde_json::from_str(claims).map_err(|_| TokenError::Claims)?;
    match issuer.ok_or(TokenError::Issuer)? {
        ScopeValue::Text(issuer) => choose(&issuer),
        ScopeValue::List(_) => Err(TokenError::WrongClaim { claim: "iss", found: "a list of names" }),
        ScopeValue::Wrong => Err(TokenError::WrongClaim { claim: "iss", found: "not a string" }),
    }
}

/// Claims, read for `iss` alone, whatever its type.
struct Named<'a>(Option<ScopeValue<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Named<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Named<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of claims")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<'de>, A::Error> {
        let mut issuer = None;
        while let Some(Text(name)) = map.next_key()? {
            match &*name {
                "iss" => once(&mut issuer, &mut map)?,
                // Read when the signature is known to be good, and strictly then: anybody can write claims.
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(Named(issuer))
    }
}
