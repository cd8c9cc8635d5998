//! Signed answers (RFC 9701): a JSON Web Token comes in, the answer within it goes out if the token keeps every rule.

use std::sync::Arc;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{config::Introspection, endpoint::MAX_BODY, error::RequestError};
use crate::{
    issuer::{IssuerError, signatures::IssuerSignatures},
    jose::{
        json::Text,
        strict::{self, Raw},
    },
    token::{audience::Audience, error::TokenError, numeric_date::NumericDate, verify::now},
};

/// The media type of a signed answer (RFC 9701 §8.2).
pub(super) const MEDIA_TYPE: &str = "application/token-introspection+jwt";
/// The `typ` of a signed answer (RFC 9701 §5).
const TYP: &str = "token-introspection+jwt";
/// An older answer may be one that somebody has kept. In seconds, as clocks and requests may differ.
const FRESH: f64 = 60.0;

/// Whose signed answers are accepted, and for whom they must be.
pub(super) struct SignedAnswers {
    keys: IssuerSignatures,
    /// The client ID of this service.
    audience: String,
    /// Seconds by which clocks may differ.
    leeway: f64,
}

/// RFC 9701 §5.
#[derive(Deserialize)]
#[serde(expecting = "a signed introspection response")]
struct Claims<'a> {
    #[serde(borrow)]
    iss: Text<'a>,
    #[serde(borrow)]
    aud: Audience<'a>,
    iat: NumericDate,
    #[serde(borrow)]
    token_introspection: Raw<'a>,
}

impl SignedAnswers {
    /// `None` if answers are not signed.
    pub(super) fn start(introspection: &Introspection) -> Result<Option<Self>, IssuerError> {
        let Some(issuer) = introspection.signer.clone() else { return Ok(None) };
        let keys = IssuerSignatures::start(issuer, &introspection.connections, TYP, MAX_BODY)?;
        let (audience, leeway) = (introspection.credentials.id().to_owned(), introspection.policy.leeway);
        Ok(Some(Self { keys, audience, leeway }))
    }

    /// The answer in `text`.
    pub(super) async fn answer(&self, text: &str) -> Result<Zeroizing<String>, RequestError> {
        let payload = self.keys.payload(text).await.map_err(|error| RequestError::Signature(Arc::new(error)))?;
        let answer = self.check(&payload, now()).map_err(|error| RequestError::Signature(Arc::new(error)))?;
        Ok(Zeroizing::new(answer.to_owned()))
    }

    /// The answer in a payload whose signature is good.
    fn check<'a>(&self, payload: &'a str, now: f64) -> Result<&'a str, TokenError> {
        let claims: Claims<'a> = strict::read(payload).map_err(|_| TokenError::Claims)?;
        if claims.iss.0 != self.keys.issuer() {
            return Err(TokenError::Issuer);
        }
        if !claims.aud.names_any(std::slice::from_ref(&self.audience)) {
            return Err(TokenError::Audience);
        }
        let NumericDate(issued) = claims.iat;
        if issued > now + FRESH + self.leeway {
            return Err(TokenError::NotYetValid);
        }
        if issued < now - FRESH - self.leeway {
            return Err(TokenError::Expired);
        }
        Ok(claims.token_introspection.as_str())
    }
}
