//! Verifying: a token in, claims that may be believed out.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;

use super::{
    cache::Signed,
    claims::Claims,
    compact::{self, Compact},
    error::TokenError,
    header,
    scratch::Scratch,
    verification_key::VerificationKey,
    verified::{self, VerifiedToken},
    verifier::{Inner, TokenVerifier},
};

/// So that a forged token costs no more than two signatures. Sets of more keys are for tokens that name theirs (OpenID Connect
/// Core 1.0 §10.1).
pub(super) const MOST_CANDIDATES: usize = 2;

impl TokenVerifier {
    /// Reads the claims of a token, if it is to be believed.
    ///
    /// ```
    /// # use axum_scopes::{Claims, HmacKey, TokenSigner, TokenVerifier};
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
        self.0.read(token, now, |claims, _| Ok(claims))
    }

    /// [`verify`](Self::verify) with a claims type of your own.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenSigner, TokenVerifier};
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
    /// Those of [`verify`](Self::verify); also where the claims do not have the shape of `C`.
    pub fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<C, TokenError> {
        self.0.read(token, now(), |_, payload| verified::read(payload))
    }

    /// [`verify`](Self::verify) with the token's payload at hand: for claims that borrow from it.
    ///
    /// ```
    /// use axum_scopes::{TokenError, TokenVerifier};
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
        self.0.read(token, now(), |claims, payload| Ok(VerifiedToken::new(claims, payload)))
    }

    /// Whether all but the claims is good, of a token whose payload may be none.
    #[cfg(test)]
    pub(super) fn is_signed(&self, token: &str) -> bool {
        let is_signed = |token: Compact<'_>, scratch: &mut Scratch| {
            self.0.check(&token, now(), scratch).is_ok() && compact::decode(token.claims, &mut scratch.claims).is_some()
        };
        Compact::split(token, self.0.policy.max_size)
            .is_ok_and(|token| Scratch::with(|scratch| is_signed(token, scratch)))
    }

    #[cfg(test)]
    pub(super) fn remembers(&self, header: &str) -> bool {
        Scratch::with(|scratch| scratch.key_of(self.0.id, header).is_some())
    }
}

impl Inner {
    /// What `read` makes of a good token's claims and payload.
    pub(super) fn read<R>(
        &self,
        token: &str,
        now: f64,
        read: impl FnOnce(Claims, &str) -> Result<R, TokenError>,
    ) -> Result<R, TokenError> {
        let token = Compact::split(token, self.policy.max_size)?;
        Scratch::with(|scratch| {
            let signed = self.check(&token, now, scratch)?;
            let payload = compact::decode_text(token.claims, &mut scratch.claims).ok_or(TokenError::Malformed)?;
            let claims = self.policy.check(payload, now)?;
            let exp = claims.exp;
            let read = read(claims, payload)?;
            self.cache.keep(signed, exp, now);
            Ok(read)
        })
    }

    /// Header and signature.
    fn check(&self, token: &Compact<'_>, now: f64, scratch: &mut Scratch) -> Result<Signed, TokenError> {
        if let Some(key) = scratch.key_of(self.id, token.header) {
            let signature = compact::decode(token.signature, &mut scratch.signature).ok_or(TokenError::Malformed)?;
            return self.cache.signed(&self.keys, &[key], token, signature, now);
        }
        let candidates = self.candidates(token.header)?;
        let signature = compact::decode(token.signature, &mut scratch.signature).ok_or(TokenError::Malformed)?;
        let signed = self.cache.signed(&self.keys, &candidates, token, signature, now)?;
        if let [only] = *candidates {
            scratch.note(self.id, token.header, only);
        }
        Ok(signed)
    }

    /// The keys that may have signed a token with this header: one, or a few.
    fn candidates(&self, header: &str) -> Result<Vec<usize>, TokenError> {
        header::read(header, |header| {
            let algorithm = header.algorithm().ok_or(TokenError::Algorithm)?;
            let suits = |key: &VerificationKey| key.algorithm() == algorithm;
            if !self.keys.iter().any(suits) {
                return Err(TokenError::Algorithm);
            }
            if !header.is_of_type(self.policy.types.as_deref(), self.policy.profile) {
                return Err(TokenError::Header);
            }
            let with_id = |id: Option<&str>| -> Vec<usize> {
                let keys = self.keys.iter().enumerate();
                keys.filter(|(_, key)| suits(key) && key.id() == id).map(|(i, _)| i).collect()
            };
            let candidates = match header.key_id() {
                // A key without a name may be the one that the token names.
                Some(id) => Some(with_id(Some(id))).filter(|named| !named.is_empty()).unwrap_or_else(|| with_id(None)),
                None => (0..self.keys.len()).filter(|i| suits(&self.keys[*i])).collect(),
            };
            if candidates.is_empty() || candidates.len() > MOST_CANDIDATES {
                return Err(TokenError::Key);
            }
            Ok(candidates)
        })
    }
}

/// Seconds since 1970. By a clock that is set to before that, every token has expired.
pub(super) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(f64::INFINITY, |now| now.as_secs_f64())
}
