//! A verified token whose payload is still at hand, to be read without a copy of what is in it.

use std::fmt;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{claims::Claims, error::TokenError};
use crate::scopes::grants::Grants;

/// A token that was verified: the [`Claims`] that each has, and all others in whatever form the service reads them.
///
/// It owns the decoded payload, so that what is read from it can borrow, and overwrites it when it is dropped. The configured
/// [`ScopeClaim`](crate::token::ScopeClaim) says which scopes it [`Grants`].
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

    /// For a verifier of the service's own, which has verified what it says here.
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
        // Text and a number: nothing in claims can fail to serialise.
        let payload = serde_json::to_string(&claims).unwrap_or_default();
        Self::new(claims, &payload)
    }

    /// The same token with other claims at hand, as a JSON object: what [`claims_as`](Self::claims_as) reads.
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
        Self::new(self.claims, json)
    }

    pub(super) fn into_parts(self) -> (Claims, Zeroizing<Box<str>>) {
        (self.claims, self.payload)
    }

    /// Who the token is for, what it grants, and until when.
    ///
    /// ```
    /// use axum_scopes::token::VerifiedToken;
    ///
    /// fn greeting(token: &VerifiedToken) -> String {
    ///     format!("Hello, {}!", token.claims().sub)
    /// }
    /// ```
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// All claims, in a type of your own. A `&str` in it borrows, which is an error where the text has escapes in it; a
    /// `Cow<str>` with `#[serde(borrow)]` borrows where it can.
    ///
    /// # Errors
    ///
    /// [`TokenError::ClaimsType`] where the claims do not have the shape of `C`.
    ///
    /// ```
    /// use std::borrow::Cow;
    /// use axum_scopes::token::{TokenError, VerifiedToken};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> {
    ///     #[serde(borrow)]
    ///     tenant: Cow<'a, str>,
    /// }
    ///
    /// fn is_ours(token: &VerifiedToken) -> Result<bool, TokenError> {
    ///     Ok(token.claims_as::<Tenant<'_>>()?.tenant == "acme")
    /// }
    /// ```
    pub fn claims_as<'a, C: Deserialize<'a>>(&'a self) -> Result<C, TokenError> {
        read(&self.payload)
    }
}

/// Reads claims in a type of the service's.
pub(crate) fn read<'a, C: Deserialize<'a>>(payload: &'a str) -> Result<C, TokenError> {
    serde_json::from_str(payload).map_err(|_| TokenError::ClaimsType)
}

impl Grants for VerifiedToken {
    fn grants(&self, scope: &str) -> bool {
        self.claims.grants(scope)
    }
}

/// The payload may have anything in it, and is not shown.
impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedToken").field("claims", &self.claims).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::VerifiedToken;

    #[test]
    fn the_memory_of_a_payload_is_overwritten() {
        fn is_overwritten<T: ZeroizeOnDrop>(_: impl Fn(&VerifiedToken) -> &T) {}
        is_overwritten(|token| &token.payload);
    }
}
