//! The key of a client that asks for a token: takes the request for it, yields what the token is to be bound to (RFC 9449 §5).

use std::{fmt, marker::PhantomData};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};

use super::{
    config::Dpop,
    fault::ProofFault,
    proof::{CheckedProof, ProofRequest},
};
use crate::{
    credential::evidence::Evidence,
    error::AuthError,
    scheme::{oauth2::OAuth2Scheme, sender::Sender},
    token::{confirmation::Confirmation, verify::now},
};

/// The key of a client that asks a login of the service's own for a token, if the client has sent a proof.
///
/// `S` is the scheme of the tokens. Its [`SENDER`](OAuth2Scheme::SENDER) says which algorithms proofs may have. A proof must be for
/// the method and the URL of the token endpoint, and must have no `ath`. The router's state provides the [`Dpop`], the same as for
/// [`SenderVerifier`](crate::sender::SenderVerifier).
///
/// Call [`confirm`](Self::confirm) when the password is right, and not before: it remembers the proof as used. So nobody without a
/// password fills the store of used proofs.
///
/// ```
/// use std::time::Duration;
/// use axum::{Router, extract::{FromRef, State}, routing::post};
/// use axum_scopes::{
///     AuthError, Claims, Flows, HmacKey, OAuth2Scheme, login::{OAuth2PasswordRequestForm, TokenResponse}, scheme::Sender,
///     sender::dpop::{ClientKey, Dpop}, token::TokenSigner,
/// };
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const SENDER: Sender = Sender::bearer().or_dpop(&["ES256", "EdDSA"]);
/// }
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     dpop: Dpop,
///     signer: TokenSigner,
/// }
///
/// async fn login(
///     State(app): State<App>,
///     key: ClientKey<Api>,
///     form: OAuth2PasswordRequestForm<Api>,
/// ) -> Result<TokenResponse, AuthError> {
///     # let (allowed, lifetime) = (["items"], Duration::from_secs(600));
///     // … find the user and compare the password …
///     let cnf = key.confirm().await?;
///     let mut claims = Claims::new(form.username.clone(), form.grant(&allowed), lifetime);
///     let is_bound = cnf.is_some();
///     claims.cnf = cnf.map(Box::new);
///     let token = app.signer.sign(&claims).map_err(|_| AuthError::internal())?;
///     Ok(if is_bound { TokenResponse::dpop(token) } else { TokenResponse::bearer(token) })
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let signer = TokenSigner::hs256(&HmacKey::new([7; 32])?);
/// let app = App { dpop: Dpop::new("https://api.example.com")?, signer };
/// let router: Router = Router::new().route("/token", post(login)).with_state(app);
/// # Ok(())
/// # }
/// ```
///
/// A public client has no secret, so its refresh tokens have to be bound to its key, too: keep the thumbprint with the refresh token,
/// and compare it when the token is used (RFC 9449 §5).
///
/// A scheme that takes no proofs does not compile.
///
/// # Errors
///
/// 400 with JSON (RFC 6749 §5.2): `invalid_dpop_proof` for a proof that is wrong, or that is missing although the scheme's `SENDER`
/// is [`required`](Sender::required) and takes no certificates; `use_dpop_nonce` with the header `DPoP-Nonce` for a proof without a
/// nonce.
#[must_use = "the token is bound to the key only if `confirm` is called"]
pub struct ClientKey<S> {
    proof: Option<TokenProof>,
    scheme: PhantomData<fn() -> S>,
}

impl<S> ClientKey<S> {
    /// Remembers the proof as used, and yields what the token is to be bound to. `None` if the client has sent no proof; its token is
    /// then a bearer token.
    ///
    /// # Errors
    ///
    /// 400 `invalid_dpop_proof` if the proof was used before, and 503 if nobody knows.
    pub async fn confirm(self) -> Result<Option<Confirmation>, AuthError> {
        match self.proof {
            Some(proof) => proof.confirm().await.map(Some),
            None => Ok(None),
        }
    }
}

/// A proof for the token endpoint that is right, and that may have been used before.
pub(crate) struct TokenProof {
    dpop: Dpop,
    proof: CheckedProof,
}

impl TokenProof {
    /// The proof of this request. `None` if it has none, and `sender` lets it do without one.
    pub(crate) fn of(dpop: &Dpop, parts: &Parts, sender: &'static Sender) -> Result<Option<Self>, AuthError> {
        let evidence = Evidence::of(parts, sender);
        if evidence.proofs().is_empty() && (!sender.is_required() || sender.takes_certificates()) {
            return Ok(None);
        }
        let proof = dpop.check(ProofRequest::of(&evidence, None), now()).map_err(refuse)?;
        Ok(Some(Self { dpop: dpop.clone(), proof }))
    }

    /// The thumbprint of the key (RFC 7638).
    #[cfg(feature = "login")]
    pub(crate) const fn thumbprint(&self) -> &[u8; 32] {
        &self.proof.thumbprint
    }

    /// Remembers the proof as used.
    pub(crate) async fn confirm(self) -> Result<Confirmation, AuthError> {
        self.dpop.first_use(&self.proof, now).await.map_err(refuse)?;
        Ok(Confirmation::of_key(self.proof.thumbprint))
    }
}

impl Dpop {
    /// What the extractor [`ClientKey`] does, for a service whose state does not provide the [`Dpop`].
    ///
    /// ```
    /// # use axum_scopes::{AuthError, Flows, OAuth2Scheme, scheme::Sender, sender::dpop::{ClientKey, Dpop}};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[];
    /// #     const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]);
    /// # }
    /// async fn key_of(dpop: &Dpop, request: axum::extract::Request) -> Result<ClientKey<Api>, AuthError> {
    ///     let (parts, _) = request.into_parts();
    ///     dpop.at_token_endpoint(&parts)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`ClientKey`].
    pub fn at_token_endpoint<S: OAuth2Scheme>(&self, parts: &Parts) -> Result<ClientKey<S>, AuthError> {
        const {
            assert!(
                !S::SENDER.dpop_algorithms().is_empty(),
                "this scheme's `SENDER` takes no proofs; add `.or_dpop(&[…])`"
            );
        }
        let proof = TokenProof::of(self, parts, const { &S::SENDER })?;
        Ok(ClientKey { proof, scheme: PhantomData })
    }
}

impl<S: OAuth2Scheme, St: Sync> FromRequestParts<St> for ClientKey<S>
where
    Dpop: FromRef<St>,
{
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, state: &St) -> Result<Self, AuthError> {
        Dpop::from_ref(state).at_token_endpoint(parts)
    }
}

/// Logs the reason. The client does not learn it.
fn refuse(fault: ProofFault) -> AuthError {
    match fault {
        ProofFault::Store(ref error) => {
            tracing::debug!(error = %fault, source = ?std::error::Error::source(error), "proof not verified");
            AuthError::unavailable(error.retry_after())
        }
        ProofFault::Nonce(nonce) => AuthError::use_dpop_nonce(nonce),
        fault => {
            tracing::debug!(error = %fault, "proof refused");
            AuthError::invalid_dpop_proof("The DPoP proof is invalid")
        }
    }
}

impl<S> fmt::Debug for ClientKey<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientKey").field("has_proof", &self.proof.is_some()).finish()
    }
}
