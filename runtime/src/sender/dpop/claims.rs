//! The claims of a proof (RFC 9449 §4.2): takes JSON, yields the claims, and compares them with a request.

use axum::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::fault::ProofFault;
use crate::{
    jose::{json::Text, provider::sha256, strict},
    token::numeric_date::NumericDate,
};

/// The most bytes of `jti`. Only its digest is kept, so this is no matter of memory.
const LONGEST_ID: usize = 256;

/// The claims that are read. All names must be unique, those of unknown claims too.
#[derive(Deserialize)]
pub(super) struct ProofClaims<'a> {
    #[serde(borrow)]
    jti: Option<Text<'a>>,
    #[serde(borrow)]
    htm: Option<Text<'a>>,
    #[serde(borrow)]
    htu: Option<Text<'a>>,
    iat: Option<NumericDate>,
    #[serde(borrow)]
    ath: Option<Text<'a>>,
    #[serde(borrow)]
    nonce: Option<Text<'a>>,
    // RFC 9449 has no use for these, but whoever sets them means them (RFC 7519 §4.1.4 and §4.1.5).
    exp: Option<NumericDate>,
    nbf: Option<NumericDate>,
}

impl<'a> ProofClaims<'a> {
    pub(super) fn read(json: &'a str) -> Result<Self, ProofFault> {
        strict::read(json).map_err(|_| ProofFault::Claims)
    }

    pub(super) fn id(&self) -> Result<&str, ProofFault> {
        text(self.jti.as_ref()).filter(|id| (1..=LONGEST_ID).contains(&id.len())).ok_or(ProofFault::Id)
    }

    pub(super) fn url(&self) -> Result<&str, ProofFault> {
        text(self.htu.as_ref()).ok_or(ProofFault::Url)
    }

    pub(super) fn nonce(&self) -> Option<&str> {
        text(self.nonce.as_ref())
    }

    /// When the proof was made. Required even if a nonce stands in for it.
    pub(super) fn made(&self) -> Result<f64, ProofFault> {
        self.iat.map(|NumericDate(iat)| iat).ok_or(ProofFault::Time)
    }

    /// Methods are case-sensitive (RFC 9110 §9.1).
    pub(super) fn check_method(&self, method: &Method) -> Result<(), ProofFault> {
        if text(self.htm.as_ref()) == Some(method.as_str()) { Ok(()) } else { Err(ProofFault::Method) }
    }

    /// `ath` must be the digest of the token. Without a token, as at the token endpoint, there must be no `ath`.
    pub(super) fn check_token(&self, token: Option<&str>) -> Result<(), ProofFault> {
        let ath = text(self.ath.as_ref());
        let is_right = match token {
            None => ath.is_none(),
            Some(token) => {
                let mut expected = [0; 43];
                let digest = sha256(&[token.as_bytes()]);
                URL_SAFE_NO_PAD.encode_slice(digest, &mut expected).is_ok()
                    && ath.is_some_and(|ath| ath.as_bytes() == expected)
            }
        };
        if is_right { Ok(()) } else { Err(ProofFault::AccessToken) }
    }

    /// `exp` and `nbf`, if the client has set them.
    pub(super) fn check_dates(&self, leeway: f64, now: f64) -> Result<(), ProofFault> {
        let has_expired = self.exp.is_some_and(|NumericDate(exp)| exp + leeway <= now);
        let is_early = self.nbf.is_some_and(|NumericDate(nbf)| nbf - leeway > now);
        if has_expired || is_early { Err(ProofFault::Time) } else { Ok(()) }
    }
}

fn text<'a>(claim: Option<&'a Text<'_>>) -> Option<&'a str> {
    claim.map(|Text(text)| &**text)
}
