//! A verified token with its payload, from which claims can borrow.

use std::fmt;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{claims::Claims, confirmation::Confirmation, error::TokenError};
use crate::scopes::grants::Grants;

/// A verified token: its [`Claims`], and its payload, from which a service can read other claims.
///
/// It owns the decoded payload and overwrites it when dropped. It [`Grants`] the scopes in the configured
/// [`ScopeClaim`](crate::token::ScopeClaim).
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, token::{TokenSigner, VerifiedToken}};
///
/// #[derive(serde::Deserialize)]
/// struct Ticket<'a> {
///     train: &'a str,
///     seat: u16,
/// }
///
/// # #[derive(serde::Serialize)] struct Signed { sub: &'static str, exp: u64, train: &'static str, seat: u16 }
/// # let key = HmacKey::new([7; 32])?;
/// # let token = TokenSigner::hs256(&key)
/// #     .sign(&Signed { sub: "johndoe", exp: 4_102_444_800, train: "EC 8", seat: 12 })?;
/// let token: VerifiedToken = TokenVerifier::hs256(&key).verify_token(&token)?;
/// let ticket: Ticket<'_> = token.claims_as()?;
/// assert_eq!((token.claims().sub.as_str(), ticket.train, ticket.seat), ("johndoe", "EC 8", 12));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedToken {
    claims: Claims,
    payload: Zeroizing<Box<str>>,
}

impl VerifiedToken {
    pub(crate) fn new(claims: Claims, payload: &str) -> Self {
        Self { claims, payload: Zeroizing::new(payload.into()) }
    }

    /// A token with these claims, for a verifier of your own, which has verified them. For a token without an end, make the claims
    /// with the lifetime `Duration::MAX`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use axum_scopes::{Claims, token::VerifiedToken};
    ///
    /// let token = VerifiedToken::of(Claims::new("johndoe", "me", Duration::from_secs(60)));
    /// assert_eq!(token.claims_as::<serde_json::Value>()?["sub"], "johndoe");
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn of(claims: Claims) -> Self {
        // Strings and a number cannot fail to serialise.
        let payload = serde_json::to_string(&claims).unwrap_or_default();
        Self::new(claims, &payload)
    }

    /// Replaces the payload, a JSON object that [`claims_as`](Self::claims_as) reads. Of [`claims`](Self::claims) only `cnf`
    /// changes: the token is bound to what the payload says.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// let token = VerifiedToken::of(Claims::new("johndoe", "me", Duration::from_secs(60)))
    ///     .with_payload(r#"{"sub": "johndoe", "tenant": "acme"}"#);
    /// assert_eq!(token.claims_as::<serde_json::Value>()?["tenant"], "acme");
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    #[must_use]
    pub fn with_payload(self, json: &str) -> Self {
        let cnf = Confirmation::of_payload(json).map(Box::new);
        Self::new(Claims { cnf, ..self.claims }, json)
    }

    pub(super) fn payload(&self) -> &str {
        &self.payload
    }

    pub(super) fn into_parts(self) -> (Claims, Zeroizing<Box<str>>) {
        (self.claims, self.payload)
    }

    /// The subject, the scopes and the expiry.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    /// let token = VerifiedToken::of(Claims::new("johndoe", "me", Duration::from_secs(60)));
    /// assert_eq!(token.claims().sub, "johndoe");
    /// ```
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// Reads all claims as `C`, which can borrow. A `&str` cannot borrow text with escapes, which is an error; a
    /// `Cow<str>` with `#[serde(borrow)]` copies such text.
    ///
    /// # Errors
    ///
    /// [`TokenError::ClaimsType`] if the claims do not fit `C`.
    ///
    /// ```
    /// # use std::{borrow::Cow, time::Duration};
    /// # use axum_scopes::{Claims, token::VerifiedToken};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> {
    ///     #[serde(borrow)]
    ///     tenant: Cow<'a, str>,
    /// }
    ///
    /// # let token = VerifiedToken::of(Claims::new("johndoe", "me", Duration::from_secs(60)))
    /// #     .with_payload(r#"{"sub": "johndoe", "tenant": "acme"}"#);
    /// assert_eq!(token.claims_as::<Tenant<'_>>()?.tenant, "acme");
    /// # Ok::<_, axum_scopes::token::TokenError>(())
    /// ```
    pub fn claims_as<'a, C: Deserialize<'a>>(&'a self) -> Result<C, TokenError> {
        read(&self.payload)
    }
}

/// Parses claims as a type of the service.
pub(crate) fn read<'a, C: Deserialize<'a>>(payload: &'a str) -> Result<C, TokenError> {
    serde_json::from_str(payload).map_err(|_| TokenError::ClaimsType)
}

impl Grants for VerifiedToken {
    fn grants(&self, scope: &str) -> bool {
        self.claims.grants(scope)
    }
}

/// The payload may contain anything, so it is not shown.
impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken").field("claims", &self.claims).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use zeroize::ZeroizeOnDrop;

    use super::VerifiedToken;
    use crate::{
        scopes::grants::Grants,
        token::{claims::Claims, confirmation::Confirmation},
    };

    fn token() -> VerifiedToken {
        VerifiedToken::of(Claims::new("johndoe", "me", Duration::from_secs(60)))
    }

    #[test]
    fn a_token_grants_what_its_claims_grant() {
        assert!(token().grants("me") && !token().grants("items"));
    }

    #[test]
    fn a_token_is_bound_to_what_its_payload_says() {
        let bound = token().with_payload(&format!(r#"{{"cnf":{{"jkt":"{}Bwc"}}}}"#, "BwcH".repeat(10)));
        assert_eq!(bound.claims().cnf.as_deref(), Some(&Confirmation::of_key([7; 32])));
        assert_eq!(bound.with_payload("{}").claims().cnf, None);
    }

    #[test]
    fn debug_output_shows_claims_and_no_payload() {
        let printed = format!("{:?}", token().with_payload(r#"{"tenant":"acme"}"#));
        assert!(printed.contains("johndoe") && !printed.contains("acme"), "{printed}");
    }

    #[test]
    fn the_memory_of_a_payload_is_overwritten() {
        fn is_overwritten<T: ZeroizeOnDrop>(_: impl Fn(&VerifiedToken) -> &T) {}
        is_overwritten(|token| &token.payload);
    }
}
