//! The access token of a scheme, as the scheme's `SENDER` lets requests present it.

use std::{fmt, marker::PhantomData};

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{
    credential::{
        authorization,
        bearer::Bearer,
        evidence::Evidence,
        extractor::{Unreadable, refuse},
        presented::{Presented, PresentedAs},
        value::Credential,
    },
    error::AuthError,
    scheme::{info::SchemeInfo, oauth2::OAuth2Scheme, sender::Sender},
    tree::{describe::Describe, node::Node},
};

/// The access token of scheme `S`, unverified: a bearer token (RFC 6750 §2.1), or one with a DPoP proof (RFC 9449 §7.1) if the
/// scheme's [`SENDER`](OAuth2Scheme::SENDER) takes proofs. [`Bearer`](crate::Bearer) reads bearer tokens alone.
///
/// A request without one is refused: 401 "Not authenticated", with a challenge for each way.
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{
///     AuthError, Flows, OAuth2Scheme, SecurityScopes, TokenVerifier, credential::AccessToken, security, token::VerifyToken,
/// };
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security]
/// async fn get_user(
///     required: SecurityScopes,
///     token: AccessToken<Api>,
///     State(verifier): State<TokenVerifier>,
/// ) -> Result<String, AuthError> {
///     let presented = token.presented();
///     let required = required.answering(&presented);
///     let refused = |_| required.unauthorized("Could not validate credentials");
///     let token = verifier.judge(&presented).await.map_err(refused)?;
///     required.check(&token)?;
///     Ok(token.claims().sub.to_string())
/// }
/// ```
pub struct AccessToken<S: OAuth2Scheme> {
    token: Credential,
    how: PresentedAs,
    /// Only if the scheme asks for it: other requests pay nothing.
    evidence: Option<Box<Evidence>>,
    scheme: PhantomData<fn() -> S>,
}

impl<S: OAuth2Scheme> AccessToken<S> {
    const SCHEME: &'static SchemeInfo = &SchemeInfo::oauth2::<S>();

    /// The token, and what its request tells about the sender.
    #[must_use]
    pub fn presented(&self) -> Presented<'_> {
        let presented = Presented::new(self.token.as_str(), self.how).with_evidence(self.evidence.as_deref());
        if S::SENDER.is_unchecked() { presented.with_unchecked_sender() } else { presented }
    }

    #[inline]
    fn read(parts: &mut Parts) -> Result<Option<Self>, Unreadable> {
        let sender = const { &S::SENDER };
        // Requests of schemes that take bearer tokens alone pay for nothing else.
        if const { !S::SENDER.has_to_be_confirmed() } {
            let token = authorization::of_scheme(parts, "Bearer")?;
            return Ok(token.map(|token| Self {
                token,
                how: PresentedAs::Bearer,
                evidence: None,
                scheme: PhantomData,
            }));
        }
        let Some((token, how)) = Self::find(parts, sender)? else { return Ok(None) };
        #[cfg(feature = "dpop")]
        if how == PresentedAs::DPoP {
            crate::credential::evidence::UsedProof::of_request(parts);
        }
        let evidence = Some(Box::new(Evidence::of(parts, sender)));
        Ok(Some(Self { token, how, evidence, scheme: PhantomData }))
    }

    fn find(parts: &Parts, sender: &Sender) -> Result<Option<(Credential, PresentedAs)>, Unreadable> {
        if sender.takes_bearer()
            && let Some(token) = authorization::of_scheme(parts, "Bearer")?
        {
            return Ok(Some((token, PresentedAs::Bearer)));
        }
        if sender.dpop_algorithms().is_empty() {
            return Ok(None);
        }
        Ok(authorization::of_scheme(parts, "DPoP")?.map(|token| (token, PresentedAs::DPoP)))
    }
}

impl<S: OAuth2Scheme, St: Sync> FromRequestParts<St> for AccessToken<S> {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &St) -> Result<Self, AuthError> {
        let scheme = const { Self::SCHEME.well_formed() };
        match Self::read(parts) {
            Ok(Some(token)) => Ok(token),
            Ok(None) => Err(refuse(None, scheme)),
            Err(unreadable) => Err(refuse(Some(unreadable), scheme)),
        }
    }
}

impl<S: OAuth2Scheme> Describe for AccessToken<S> {
    const NODE: &'static Node = <Bearer<S> as Describe>::NODE;
}

impl<S: OAuth2Scheme> fmt::Debug for AccessToken<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccessToken").field(&self.presented()).finish()
    }
}
