//! Verification: takes a token, yields its verified claims.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
#[cfg(feature = "introspection")]
use zeroize::Zeroizing;

use super::{
    claims::Claims,
    error::TokenError,
    policy,
    verified::{self, VerifiedToken},
    verifier::TokenVerifier,
};
use crate::{
    credential::presented::BoundTokens,
    jose::{cache::Signed, compact::Compact, jws::Jws, scratch::Scratch},
};

impl TokenVerifier {
    /// Verifies a token and reads its claims.
    ///
    /// ```
    /// # use axum_scopes::{Claims, HmacKey, TokenVerifier, token::TokenSigner};
    /// # use std::time::Duration;
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Claims::new("johndoe", "me", Duration::from_secs(60)))?;
    /// let claims = TokenVerifier::hs256(&key).verify(&token)?;
    /// assert_eq!((claims.sub.as_str(), claims.scope.as_str()), ("johndoe", "me"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError`], which names the first rule that the token breaks.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        self.verify_at(token, now())
    }

    pub(super) fn verify_at(&self, token: &str, now: f64) -> Result<Claims, TokenError> {
        self.read_text(token, now, BoundTokens::Refused, |claims, _| Ok(claims))
    }

    /// Verifies a token and reads its claims as a type of your own.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, token::TokenSigner};
    /// # #[derive(serde::Serialize)] struct Signed { sub: &'static str, exp: u64, seat: u16 }
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key).sign(&Signed { sub: "johndoe", exp: 4_102_444_800, seat: 12 })?;
    /// #[derive(serde::Deserialize)]
    /// struct Ticket { sub: String, seat: u16 }
    ///
    /// let ticket: Ticket = TokenVerifier::hs256(&key).verify_as(&token)?;
    /// assert_eq!((ticket.sub.as_str(), ticket.seat), ("johndoe", 12));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify), and [`TokenError::ClaimsType`] if the claims do not fit `C`.
    pub fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        self.read_text(token, now(), BoundTokens::Refused, |_, payload| verified::read(payload))
    }

    /// Verifies a token and keeps its payload, from which claims can borrow.
    ///
    /// ```
    /// use axum_scopes::{TokenVerifier, token::TokenError};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Tenant<'a> { tenant: &'a str }
    ///
    /// fn is_ours(verifier: &TokenVerifier, token: &str) -> Result<bool, TokenError> {
    ///     let token = verifier.verify_token(token)?;
    ///     Ok(token.claims_as::<Tenant<'_>>()?.tenant == "acme")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify).
    pub fn verify_token(&self, token: &str) -> Result<VerifiedToken, TokenError> {
        self.read_text(token, now(), BoundTokens::Refused, |claims, payload| Ok(VerifiedToken::new(claims, payload)))
    }

    pub(super) fn read_text<R>(
        &self,
        token: &str,
        now: f64,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        let parts = Compact::split(token, self.0.policy.max_size)?;
        self.read(&Jws::new(&parts), now, bound, read)
    }

    /// Verifies a token and passes its claims and payload to `read`.
    pub(crate) fn read<R>(
        &self,
        token: &Jws<'_>,
        now: f64,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        self.read_checked(token, now, bound, |_, _| Ok(()), read)
    }

    /// The same for the text of a token whose session may have ended, which `session` says by the claim `sid`
    /// and by the seconds from `iat` to `exp`.
    #[cfg(feature = "login")]
    pub(crate) fn read_with_session<R>(
        &self,
        token: &str,
        now: f64,
        bound: BoundTokens,
        session: impl FnOnce(Option<&str>, f64) -> Result<(), TokenError>,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        let parts = Compact::split(token, self.0.policy.max_size)?;
        self.read_checked(&Jws::new(&parts), now, bound, session, read)
    }

    fn read_checked<R>(
        &self,
        token: &Jws<'_>,
        now: f64,
        bound: BoundTokens,
        session: impl FnOnce(Option<&str>, f64) -> Result<(), TokenError>,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        Scratch::with(|Scratch { payload, signature }| {
            let signed = self.check_signature(token, signature, now)?;
            self.check_claims(signed, token.payload(payload)?, now, bound, session, read)
        })
    }

    /// The same for a token whose payload is already decoded. The signature is decoded into `buffer`.
    #[cfg(feature = "issuer")]
    pub(crate) fn read_decoded<R>(
        &self,
        token: &Jws<'_>,
        (payload, buffer): (&str, &mut Vec<u8>),
        now: f64,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        self.check_claims(self.check_signature(token, buffer, now)?, payload, now, bound, |_, _| Ok(()), read)
    }

    /// The payload of a text whose signature is good. Its claims are not checked.
    #[cfg(feature = "introspection")]
    pub(crate) fn signed_payload(&self, text: &Jws<'_>, now: f64) -> Result<Zeroizing<String>, TokenError> {
        Scratch::with(|Scratch { payload, signature }| {
            self.check_signature(text, signature, now)?;
            Ok(Zeroizing::new(text.payload(payload)?.to_owned()))
        })
    }

    /// Checks size, header and signature.
    fn check_signature(&self, token: &Jws<'_>, buffer: &mut Vec<u8>, now: f64) -> Result<Signed, TokenError> {
        token.check_size(self.0.policy.max_size)?;
        Ok(self.0.keys.verify(token, buffer, now, |header| self.0.policy.accepts_type(header.typ()))?)
    }

    /// Checks the claims of a token whose signature is good, and caches the signature if `read` succeeds.
    fn check_claims<R>(
        &self,
        signed: Signed,
        payload: &str,
        now: f64,
        bound: BoundTokens,
        session: impl FnOnce(Option<&str>, f64) -> Result<(), TokenError>,
        read: impl Reader<R>,
    ) -> Result<R, TokenError> {
        let claims = self.0.policy.check_with(payload, now, bound, session)?;
        policy::check_issuer_of_key(self.0.keys.issuer_of(&signed), payload)?;
        let exp = claims.exp;
        let read = read(claims, payload)?;
        self.0.keys.keep(signed, exp, now);
        Ok(read)
    }
}

/// Reads a result from the claims and the payload of a verified token.
pub(crate) trait Reader<R>: FnOnce(Claims, &str) -> Result<R, TokenError> {}

impl<R, F: FnOnce(Claims, &str) -> Result<R, TokenError>> Reader<R> for F {}

/// Seconds since 1970. With a clock before 1970, every token has expired.
pub(crate) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(f64::INFINITY, |now| now.as_secs_f64())
}
