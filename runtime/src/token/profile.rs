//! What kind of token it is: of what type, and with which claims beside those of every token.

use super::{claim_fault, error::TokenError, registered::Registered, scope_claim::ScopeValue};
use crate::jose::header::is_type;

/// RFC 7519 §5.1.
pub(super) const JWT: &str = "JWT";
/// RFC 9068 §2.1.
const ACCESS_TOKEN: &str = "at+jwt";

/// Which rules a token keeps beside those of every JSON Web Token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Profile {
    #[default]
    Jwt,
    /// JSON Web Token Profile for OAuth 2.0 Access Tokens.
    Rfc9068,
}

impl Profile {
    /// Whether the token's type is one of those that are configured, or else that of an access token (RFC 9068 §4), or, where
    /// that is not asked for, none that speaks against it.
    pub(super) fn accepts_type(self, typ: Option<&str>, configured: Option<&[String]>) -> bool {
        let Some(typ) = typ else { return configured.is_none() && self == Self::Jwt };
        match (configured, self) {
            (Some(types), _) => types.iter().any(|accepted| is_type(typ, accepted)),
            (None, Self::Jwt) => is_type(typ, JWT) || is_type(typ, ACCESS_TOKEN),
            (None, Self::Rfc9068) => is_type(typ, ACCESS_TOKEN),
        }
    }

    /// Whether the claims are there that only this profile asks for. `text` is what they were read from.
    pub(super) fn check(self, claims: &Registered<'_>, text: &str) -> Result<(), TokenError> {
        match self {
            Self::Jwt => Ok(()),
            Self::Rfc9068 => has_all_of_rfc9068(claims, text),
        }
    }
}

/// RFC 9068 §2.2
fn has_all_of_rfc9068(claims: &Registered<'_>, text: &str) -> Result<(), TokenError> {
    claims.iat.ok_or(TokenError::MissingClaim("iat"))?;
    claims.jti.as_ref().ok_or(TokenError::MissingClaim("jti"))?;
    match claims.client_id.as_ref().ok_or(TokenError::MissingClaim("client_id"))? {
        ScopeValue::Text(_) => Ok(()),
        ScopeValue::List(_) | ScopeValue::Wrong => Err(claim_fault::of("client_id", text)),
    }
}
