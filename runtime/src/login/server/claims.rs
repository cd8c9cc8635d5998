//! The claims of the service's own access tokens, for handlers that have to know the session of their caller.

use serde::{Deserialize, Deserializer, de::Error};

use super::super::store::SessionId;
use crate::{
    scopes::{grants::Grants, set::Scopes},
    token::subject::Subject,
};

/// The claims of an access token of the service's own, with its session: for a logout, or a change of password that keeps this session.
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{
///     AuthError, Depends, Flows, OAuth2Scheme, login::{AuthorizationServer, SessionClaims, SessionVerifier}, security,
///     verified_as,
/// };
///
/// # #[derive(Clone)]
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user.")];
/// }
///
/// #[security]
/// async fn logout(
///     Depends(claims): Depends<verified_as<Api, SessionClaims, SessionVerifier>>,
///     State(server): State<AuthorizationServer<Api>>,
/// ) -> Result<(), AuthError> {
///     server.end_session(&claims.sub, claims.sid).await
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SessionClaims {
    /// The user; `client_id:…` for a client that acts for itself.
    pub sub: Subject,
    /// What the token grants.
    #[serde(default)]
    pub scope: Scopes,
    /// The session.
    #[serde(deserialize_with = "session")]
    pub sid: SessionId,
    /// The client that has the token.
    pub client_id: String,
    /// When the token expires, in seconds since 1970.
    pub exp: u64,
}

fn session<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SessionId, D::Error> {
    let text = String::deserialize(deserializer)?;
    SessionId::parse(&text).ok_or_else(|| D::Error::custom("not a session"))
}

impl Grants for SessionClaims {
    fn grants(&self, scope: &str) -> bool {
        self.scope.grants(scope)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]

    use super::{Grants, SessionClaims, SessionId};

    #[test]
    fn a_session_is_read_from_the_claims() -> Result<(), serde_json::Error> {
        let json =
            r#"{"sub":"7","scope":"me items","sid":"BwcHBwcHBwcHBwcHBwcHBw","client_id":"ui","exp":9,"iss":"x"}"#;
        let claims: SessionClaims = serde_json::from_str(json)?;
        assert_eq!((claims.sub.as_str(), claims.sid), ("7", SessionId::from_bytes([7; 16])));
        assert!(claims.grants("items") && !claims.grants("admin"));
        for wrong in ["", "BwcHBwcHBwcHBwcHBwcHB", "BwcHBwcHBwcHBwcHBwcHBx"] {
            assert!(serde_json::from_str::<SessionClaims>(&json.replace("BwcHBwcHBwcHBwcHBwcHBw", wrong)).is_err());
        }
        Ok(())
    }
}
