//! Verifies tokens that may be bound to a key or to a certificate (RFC 9449 §7, RFC 8705 §3).

use super::{
    confirm::{self, Unconfirmed},
    dpop::{
        Dpop,
        fault::ProofFault,
        proof::{CheckedProof, ProofRequest},
    },
};
use crate::{
    credential::{
        evidence::Evidence,
        presented::{Presented, PresentedAs},
    },
    token::{
        confirmation::Confirmation,
        error::TokenError,
        judge::{Confirms, FromToken, VerifyToken},
        verified::VerifiedToken,
        verify::now,
        verify_error::VerifyError,
    },
};

/// A verifier for schemes whose [`SENDER`](crate::OAuth2Scheme::SENDER) takes proofs: `V` verifies the token, and then the proof of
/// its sender is checked (RFC 9449 §7.1), and the certificate if the token is bound to one.
///
/// Whether the proof was used before is asked last, so only the sender of a good token fills the store of used proofs.
///
/// ```
/// use axum::extract::FromRef;
/// use axum_scopes::{
///     Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, scheme::Sender, secure::{Router, get}, security,
///     sender::{SenderVerifier, dpop::Dpop}, verified,
/// };
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<verified<Api, SenderVerifier<TokenVerifier>>>) -> String {
///     format!("the items of {}", claims.sub)
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tokens = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
/// let verifier = SenderVerifier::new(tokens, Dpop::new("https://api.example.com")?);
/// let router: Router = Router::new().route("/items", get(read_items)).with_state(verifier);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SenderVerifier<V> {
    verifier: V,
    dpop: Dpop,
}

impl<V: VerifyToken> SenderVerifier<V> {
    /// Confirms the senders of tokens that `verifier` verifies.
    #[must_use]
    pub const fn new(verifier: V, dpop: Dpop) -> Self {
        Self { verifier, dpop }
    }

    /// Checks the proof of a token that is bound to a key, and asks last whether it was used before.
    async fn confirm_key(&self, presented: &Presented<'_>, cnf: &Confirmation) -> Result<(), VerifyError> {
        let proof = self.check_proof(presented)?;
        if cnf.jkt() != Some(&proof.thumbprint) {
            return Err(TokenError::Sender.into());
        }
        let used = presented.evidence().map(Evidence::used);
        if used.is_some_and(|used| used.is(proof.digest())) {
            return Ok(());
        }
        self.dpop.first_use(&proof, now).await?;
        if let Some(used) = used {
            used.set(*proof.digest());
        }
        Ok(())
    }

    fn check_proof(&self, presented: &Presented<'_>) -> Result<CheckedProof, ProofFault> {
        let evidence = presented.evidence().ok_or(ProofFault::Missing)?;
        self.dpop.check(ProofRequest::of(evidence, Some(presented.token())), now())
    }
}

impl<V: VerifyToken> VerifyToken for SenderVerifier<V> {
    // The store of used proofs may be.
    const MAY_BE_UNAVAILABLE: bool = true;
    const CONFIRMS: Confirms = Confirms::CertificatesAndProofs;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        if presented.is_to_be_confirmed() {
            return self.verifier.judge_as(presented).await;
        }
        let token = Unconfirmed::judged_by(&self.verifier, presented).await?;
        confirm::check(presented, token.cnf.as_deref())?;
        if let (PresentedAs::DPoP, Some(cnf)) = (presented.how(), &token.cnf) {
            self.confirm_key(presented, cnf).await?;
        }
        Ok(token.value)
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.verifier.expected(error)
    }
}
