//! Reads `iss` and `iat` before the signature is verified. The result only chooses an issuer's keys, or how the token is refused;
//! nothing else may use it.

use std::fmt;

use serde::{
    Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

use super::{error::TokenError, scope_claim::ScopeValue};
use crate::jose::json::{Text, once};

/// Passes the issuer that the claims name to `choose`.
pub(crate) fn by_issuer<R, E: From<TokenError>>(
    claims: &str,
    choose: impl FnOnce(&str) -> Result<R, E>,
) -> Result<R, E> {
    let mut json = serde_json::Deserializer::from_str(claims);
    let issuer = json.deserialize_map(Issuer).and_then(|issuer| json.end().map(|()| issuer));
    let issuer = issuer.map_err(|_| TokenError::Claims)?;
    match issuer.ok_or(TokenError::Issuer)? {
        ScopeValue::Text(issuer) => choose(&issuer),
        ScopeValue::List(_) => Err(TokenError::WrongClaim { claim: "iss", found: "a list of names" }.into()),
        ScopeValue::Wrong => Err(TokenError::WrongClaim { claim: "iss", found: "not a string" }.into()),
    }
}

/// When the claims say that they were issued, in seconds since 1970.
#[cfg(feature = "issuer")]
pub(crate) fn issued_at(claims: &str) -> Option<f64> {
    #[derive(serde::Deserialize)]
    struct Issued {
        iat: f64,
    }
    serde_json::from_str::<Issued>(claims).ok().map(|issued| issued.iat)
}

/// Reads `iss` alone, whatever its type.
struct Issuer;

impl<'de> Visitor<'de> for Issuer {
    type Value = Option<ScopeValue<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of claims")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut issuer = None;
        while let Some(Text(name)) = map.next_key()? {
            match &*name {
                "iss" => once(&mut issuer, &mut map)?,
                // These are parsed strictly once the signature is good.
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(issuer)
    }
}

#[cfg(all(test, feature = "issuer"))]
mod tests {
    use super::issued_at;

    #[test]
    fn claims_say_when_they_were_issued() {
        assert_eq!(issued_at(r#"{"sub":"amy","iat":1764150000.5}"#), Some(1_764_150_000.5));
        assert_eq!(issued_at(r#"{"iat":-3}"#), Some(-3.0));
        for claims in ["{}", r#"{"iat":"1764150000"}"#, r#"{"iat":null}"#, r#"{"iat":1"#, "1764150000", ""] {
            assert_eq!(issued_at(claims), None, "{claims}");
        }
    }
}
