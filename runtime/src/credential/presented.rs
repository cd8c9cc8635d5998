//! Tokens as requests present them.

use std::fmt;

use crate::credential::evidence::Evidence;

/// A token as a request presents it. `Debug` does not show the token.
///
/// ```
/// use axum_scopes::credential::{Presented, PresentedAs};
///
/// let presented = Presented::new("mF_9.B5f-4.1JqM", PresentedAs::Bearer);
/// assert_eq!(presented.token(), "mF_9.B5f-4.1JqM");
/// assert_eq!(format!("{presented:?}"), "Presented(Bearer, [redacted])");
/// ```
#[derive(Clone, Copy)]
pub struct Presented<'a> {
    token: &'a str,
    how: PresentedAs,
    evidence: Option<&'a Evidence>,
    bound: BoundTokens,
}

/// What a verifier does with a token that is bound to its sender (`cnf`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BoundTokens {
    /// Nobody confirms the sender.
    Refused,
    /// The service says that nobody has to.
    Unchecked,
    /// The caller of the verifier confirms the sender afterwards.
    Confirmed,
}

/// A token has come with a proof that nobody checks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unconfirmed;

/// The place in a request where a token stands (RFC 6750 §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PresentedAs {
    /// In the header `Authorization`, behind `Bearer`.
    Bearer,
    /// In the header `Authorization`, behind `DPoP`, with a proof in the header `DPoP` (RFC 9449 §7.1).
    DPoP,
    /// In a header of its own.
    Header,
    /// In the query, which ends up in logs.
    Query,
    /// In a cookie, which a browser also sends with requests that another site makes.
    Cookie,
}

impl<'a> Presented<'a> {
    /// A token from this place. A verifier refuses it if it is bound to its sender (`cnf`), because nothing here tells who
    /// sent it.
    #[must_use]
    pub const fn new(token: &'a str, how: PresentedAs) -> Self {
        Self { token, how, evidence: None, bound: BoundTokens::Refused }
    }

    /// A token of which only the text is known.
    #[cfg(feature = "issuer")]
    pub(crate) const fn bearer(token: &'a str) -> Self {
        Self::new(token, PresentedAs::Bearer)
    }

    /// The same token, whose verifier ignores what it is bound to. Use it where something in front of the service, a mesh for
    /// example, has confirmed the sender.
    ///
    /// ```
    /// use axum_scopes::{TokenVerifier, credential::{Presented, PresentedAs}, token::{VerifiedToken, VerifyError, VerifyToken}};
    ///
    /// async fn of_the_mesh(verifier: &TokenVerifier, token: &str) -> Result<VerifiedToken, VerifyError> {
    ///     verifier.judge(&Presented::new(token, PresentedAs::Bearer).with_unchecked_sender()).await
    /// }
    /// ```
    #[must_use]
    pub const fn with_unchecked_sender(self) -> Self {
        Self { bound: BoundTokens::Unchecked, ..self }
    }

    /// The same token with what its request tells about the sender.
    pub(crate) const fn with_evidence(self, evidence: Option<&'a Evidence>) -> Self {
        Self { evidence, ..self }
    }

    /// The same token, whose sender the caller of the verifier confirms.
    pub(crate) const fn to_be_confirmed(self) -> Self {
        Self { bound: BoundTokens::Confirmed, ..self }
    }

    /// What the request tells about the sender, if the scheme asks for it.
    #[must_use]
    pub const fn evidence(&self) -> Option<&'a Evidence> {
        self.evidence
    }

    /// Whether the caller of the verifier confirms the sender.
    pub(crate) const fn is_to_be_confirmed(&self) -> bool {
        matches!(self.bound, BoundTokens::Confirmed)
    }

    /// Whether the service says that nobody has to confirm the sender.
    pub(crate) const fn is_unchecked(&self) -> bool {
        matches!(self.bound, BoundTokens::Unchecked) && !matches!(self.how, PresentedAs::DPoP)
    }

    /// What a verifier does with a token that is bound to its sender. It fails if nobody confirms the sender of a token that has a
    /// proof, or whose scheme requires that it is bound.
    pub(crate) const fn bound_tokens(&self) -> Result<BoundTokens, Unconfirmed> {
        let is_required = matches!(self.evidence, Some(evidence) if evidence.sender().is_required());
        match (self.how, self.bound) {
            (PresentedAs::DPoP, BoundTokens::Refused | BoundTokens::Unchecked) => Err(Unconfirmed),
            (_, BoundTokens::Refused) if is_required => Err(Unconfirmed),
            (_, bound) => Ok(bound),
        }
    }

    /// The token, which nobody has verified.
    #[must_use]
    pub const fn token(&self) -> &'a str {
        self.token
    }

    /// The place where it stands.
    #[must_use]
    pub const fn how(&self) -> PresentedAs {
        self.how
    }
}

impl fmt::Debug for Presented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Presented({:?}, [redacted])", self.how)
    }
}
