//! Confirms who sent a token: takes what the token is bound to and what its request tells, yields a refusal or nothing.

use crate::{
    credential::presented::{Presented, PresentedAs},
    scheme::sender::Sender,
    scopes::grants::Grants,
    token::{
        claims::Claims,
        confirmation::Confirmation,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        verify_error::VerifyError,
    },
};

/// A value that is read from a token, and what the token is bound to.
pub(super) struct Unconfirmed<T> {
    pub(super) value: T,
    pub(super) cnf: Option<Box<Confirmation>>,
}

impl<T: FromToken> Unconfirmed<T> {
    /// Has `verifier` verify the token. The caller confirms the sender.
    pub(super) async fn judged_by<V: VerifyToken>(
        verifier: &V,
        presented: &Presented<'_>,
    ) -> Result<Self, VerifyError> {
        verifier.judge_as(&presented.to_be_confirmed()).await
    }
}

impl<T: FromToken> FromToken for Unconfirmed<T> {
    fn from_token(claims: Claims, payload: &str) -> Result<Self, TokenError> {
        let cnf = claims.cnf.clone();
        Ok(Self { value: T::from_token(claims, payload)?, cnf })
    }
}

impl<T: Grants> Grants for Unconfirmed<T> {
    fn grants(&self, scope: &str) -> bool {
        self.value.grants(scope)
    }
}

/// Checks all but the proof: whether the token is bound as the scheme takes it, and the certificate.
pub(super) fn check(presented: &Presented<'_>, cnf: Option<&Confirmation>) -> Result<(), TokenError> {
    if presented.is_unchecked() {
        return Ok(());
    }
    let sender = presented.evidence().map_or(const { &Sender::bearer() }, |evidence| evidence.sender());
    let Some(cnf) = cnf else {
        let may_be_unbound = !sender.is_required() && presented.how() != PresentedAs::DPoP;
        return if may_be_unbound { Ok(()) } else { Err(TokenError::Unbound) };
    };
    if cnf.is_unknown() {
        return Err(TokenError::Bound);
    }
    // Only a key is proved by `DPoP`, and a token that is bound to a key needs this proof (RFC 9449 §7.1).
    if cnf.jkt().is_some() != (presented.how() == PresentedAs::DPoP) {
        return Err(if cnf.jkt().is_some() { TokenError::Bound } else { TokenError::Unbound });
    }
    let Some(bound_to) = cnf.x5t_s256() else { return Ok(()) };
    if !sender.takes_certificates() {
        return Err(TokenError::Bound);
    }
    let shown = presented.evidence().and_then(|evidence| evidence.certificate());
    let is_same = shown.is_some_and(|certificate| certificate.sha256() == bound_to);
    if is_same { Ok(()) } else { Err(TokenError::Sender) }
}
