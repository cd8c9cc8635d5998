//! Verifies tokens that may be bound to a client certificate (RFC 8705 §3).

use super::confirm::{self, Unconfirmed};
use crate::{
    credential::presented::{Presented, PresentedAs},
    token::{
        error::TokenError,
        judge::{Confirms, FromToken, VerifyToken},
        verified::VerifiedToken,
        verify_error::VerifyError,
    },
};

/// A verifier for schemes whose [`SENDER`](crate::OAuth2Scheme::SENDER) takes certificates: `V` verifies the token, and then the
/// certificate of the client's TLS connection is compared with the one that the token is bound to (`x5t#S256`).
///
/// The certificate is a [`ClientCertificate`](crate::credential::ClientCertificate) in the extensions of the request. A listener
/// that ends TLS itself puts it there, or [`ForwardedCertificates`](crate::sender::ForwardedCertificates) from the header of a
/// proxy.
///
/// ```
/// use axum::extract::FromRef;
/// use axum_scopes::{
///     Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, scheme::Sender, secure::{Router, get}, security,
///     sender::CertificateVerifier, verified,
/// };
///
/// struct Bank;
/// impl OAuth2Scheme for Bank {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
///     const SCOPES: &[(&str, &str)] = &[("accounts", "Read accounts.")];
///     const SENDER: Sender = Sender::bearer().or_certificate().required();
/// }
///
/// #[security(scopes = ["accounts"])]
/// async fn read_accounts(Depends(claims): Depends<verified<Bank, CertificateVerifier<TokenVerifier>>>) -> String {
///     format!("the accounts of {}", claims.sub)
/// }
///
/// # fn main() -> Result<(), axum_scopes::jose::KeyError> {
/// let verifier = CertificateVerifier::new(TokenVerifier::hs256(&HmacKey::new([7; 32])?));
/// let router: Router = Router::new().route("/accounts", get(read_accounts)).with_state(verifier);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CertificateVerifier<V>(V);

impl<V: VerifyToken> CertificateVerifier<V> {
    /// Confirms the senders of tokens that `verifier` verifies.
    #[must_use]
    pub const fn new(verifier: V) -> Self {
        Self(verifier)
    }
}

impl<V: VerifyToken> VerifyToken for CertificateVerifier<V> {
    const MAY_BE_UNAVAILABLE: bool = V::MAY_BE_UNAVAILABLE;
    const CONFIRMS: Confirms = Confirms::Certificates;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        self.judge_as(presented).await
    }

    async fn judge_as<T: FromToken>(&self, presented: &Presented<'_>) -> Result<T, VerifyError> {
        if presented.is_to_be_confirmed() {
            return self.0.judge_as(presented).await;
        }
        let token = Unconfirmed::judged_by(&self.0, presented).await?;
        // Nobody checks a proof here.
        if presented.how() == PresentedAs::DPoP {
            return Err(TokenError::Bound.into());
        }
        confirm::check(presented, token.cnf.as_deref())?;
        Ok(token.value)
    }

    fn expected(&self, error: &TokenError) -> Vec<&str> {
        self.0.expected(error)
    }
}
