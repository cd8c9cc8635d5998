//! The profile of a token: its accepted values of `typ`, and the claims that it requires beyond those of every token.

use super::{claim_fault, error::TokenError, registered::Registered, scope_claim::ScopeValue};
use crate::jose::header::is_type;

/// RFC 7519 §5.1.
pub(super) const JWT: &str = "JWT";
/// RFC 9068 §2.1.
pub(super) const ACCESS_TOKEN: &str = "at+jwt";

/// The rules beyond those of every JSON Web Token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Profile {
    #[default]
    Jwt,
    /// JSON Web Token Profile for OAuth 2.0 Access Tokens.
    Rfc9068,
}

impl Profile {
    /// RFC 9068 §4 requires `at+jwt`. Otherwise, `JWT` and no type are accepted as well.
    pub(super) fn accepts_type(self, typ: Option<&str>) -> bool {
        match typ {
            Some(typ) => (self == Self::Jwt && is_type(typ, JWT)) || is_type(typ, ACCESS_TOKEN),
            None => self == Self::Jwt,
        }
    }

    /// Checks the claims that only this profile requires (RFC 9068 §2.2). `text` is their JSON.
    pub(super) fn check(self, claims: &Registered<'_>, text: &str) -> Result<(), TokenError> {
        if self == Self::Jwt {
            return Ok(());
        }
        claims.iat.ok_or(TokenError::MissingClaim("iat"))?;
        claims.jti.as_ref().ok_or(TokenError::MissingClaim("jti"))?;
        match claims.client_id.as_ref().ok_or(TokenError::MissingClaim("client_id"))? {
            ScopeValue::Text(_) => Ok(()),
            ScopeValue::List(_) | ScopeValue::Wrong => Err(claim_fault::wrong_type("client_id", text)),
        }
    }
}
