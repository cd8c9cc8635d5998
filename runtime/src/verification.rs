//! The ready-made dependency: takes the presented token, verifies it, and enforces the required scopes.

use std::marker::PhantomData;

use crate::{
    credential::{presented::Presented, source::TokenSource},
    dependency::security_scopes::SecurityScopes,
    error::AuthError,
    scopes::grants::Grants,
    token::{
        claims::Claims,
        error::TokenError,
        judge::{FromToken, VerifyToken},
        verifier::TokenVerifier,
        verifier_of::VerifierOf,
        verify_error::VerifyError,
    },
};

/// A dependency that verifies the token of source `S` with verifier `V`, enforces the required scopes and yields `C`.
///
/// | part | is | by default |
/// |---|---|---|
/// | `S` | an OAuth2 scheme, or an extractor of tokens such as [`ApiKeyCookie`](crate::credential::ApiKeyCookie) | |
/// | `V` | the verifier, a [`VerifyToken`] | [`TokenVerifier`] |
/// | `C` | the type that is read from the token, a [`FromToken`] | [`Claims`] |
///
/// The router's state provides the verifier by [`FromRef`](axum::extract::FromRef). For the verifiers of this crate, an `Arc`
/// of the state does so too. If the state lacks the verifier, `#[axum::debug_handler(state = App)]` below `#[security]` names
/// it.
///
/// # Errors
///
/// "Not authenticated" without a token, "Could not validate credentials" for a refused token, "Not enough permissions" if a
/// required scope is missing. 503 with `Retry-After`, and without a challenge, while tokens cannot be verified.
///
/// ```
/// use axum::{Router, extract::FromRef, routing::get};
/// use axum_scopes::{Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, security, verified};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     verifier: TokenVerifier,
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
///     format!("the items of {}", claims.sub)
/// }
///
/// # fn main() -> Result<(), axum_scopes::jose::KeyError> {
/// let key = HmacKey::new("a secret of at least thirty-two bytes")?;
/// let app = App { verifier: TokenVerifier::hs256(&key) };
/// let router: Router = Router::new().route("/items", get(read_items)).with_state(app);
/// # Ok(())
/// # }
/// ```
///
/// Claims of your own say by [`Grants`](crate::Grants) what they grant:
///
/// ```
/// use axum_scopes::{Depends, Flows, Grants, OAuth2Scheme, Scopes, security, verified_as};
/// # struct Api;
/// # impl OAuth2Scheme for Api {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// # }
///
/// #[derive(serde::Deserialize)]
/// struct TenantClaims {
///     tenant: String,
///     scope: Scopes,
/// }
///
/// impl Grants for TenantClaims {
///     fn grants(&self, scope: &str) -> bool {
///         self.scope.grants(scope)
///     }
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<verified_as<Api, TenantClaims>>) -> String {
///     format!("the items of {}", claims.tenant)
/// }
/// ```
#[allow(non_camel_case_types, reason = "it is named as the function that it stands for")]
pub type verified<S, V = TokenVerifier, C = Claims> = function::verified<S, V, C>;

/// [`verified`] with the type `C` in the second place: `verified_as<Api, TenantClaims>`.
///
/// ```
/// use axum_scopes::{
///     ApiKeyScheme, AuthError, Depends, credential::ApiKeyCookie, security, token::VerifiedToken, verified_as,
/// };
///
/// struct Session;
/// impl ApiKeyScheme for Session {
///     const NAME: &str = "Session";
///     const PARAMETER: &str = "session";
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[derive(serde::Deserialize)]
/// struct Tenant<'a> {
///     tenant: &'a str,
/// }
///
/// /// Takes the token from a cookie. The claims borrow from it.
/// #[security(scopes = ["items"])]
/// async fn read_items(
///     Depends(token): Depends<verified_as<ApiKeyCookie<Session>, VerifiedToken>>,
/// ) -> Result<String, AuthError> {
///     let claims: Tenant<'_> =
///         token.claims_as().map_err(|_| AuthError::unauthorized("Could not validate credentials"))?;
///     Ok(format!("the items of {}", claims.tenant))
/// }
/// ```
#[allow(non_camel_case_types, reason = "it is named as the function that it stands for")]
pub type verified_as<S, C, V = TokenVerifier> = function::verified<S, V, C>;

mod function {
    use super::{
        AsRequired, AuthError, FromToken, SecurityScopes, TokenError, TokenSource, VerifierOf, VerifyToken,
        can_be_bound, confirms_senders, refuse,
    };
    use crate::{credential::source::reads_one_scheme, dependency::judge::Judge, security};

    /// The public name is an alias, because only an alias can have default type parameters.
    #[security]
    #[allow(unreachable_pub, reason = "public by its alias")]
    pub async fn verified<S: TokenSource, V: VerifierOf<S>, C: FromToken>(
        required: SecurityScopes,
        credential: <S as TokenSource>::Extractor,
        Judge(verifier): Judge<V>,
    ) -> Result<C, AuthError> {
        const { reads_one_scheme::<S>() }
        const { confirms_senders::<S, V::Verifier>() }
        let (presented, verifier) = (S::presented(&credential), verifier.verifier());
        let required = required.answering(&presented);
        let token = match can_be_bound::<S>(&presented) {
            // One call for all schemes: the state of a second one would make every request slower.
            true => verifier.judge_as::<AsRequired<S, C>>(&presented).await,
            false => Err(TokenError::Unbound.into()),
        };
        let AsRequired { value: token, .. } = token.map_err(|error| refuse(required, error, verifier))?;
        required.check(&token)?;
        Ok(token)
    }
}

/// A value of a token that is bound to its sender, if the scheme requires that. A verifier of the service's own may forget it.
struct AsRequired<S, C> {
    value: C,
    source: PhantomData<fn() -> S>,
}

impl<S: TokenSource, C: FromToken> FromToken for AsRequired<S, C> {
    #[inline]
    fn from_token(claims: Claims, payload: &str) -> Result<Self, TokenError> {
        if S::SENDER.is_required() && claims.cnf.as_ref().is_none_or(|cnf| cnf.is_unknown()) {
            return Err(TokenError::Unbound);
        }
        Ok(Self { value: C::from_token(claims, payload)?, source: PhantomData })
    }
}

impl<S, C: Grants> Grants for AsRequired<S, C> {
    fn grants(&self, scope: &str) -> bool {
        self.value.grants(scope)
    }
}

/// Whether the request tells what the scheme requires. A source of the service's own may forget what `SENDER` promises, or read the
/// token of a scheme that promises less.
#[inline]
fn can_be_bound<S: TokenSource>(presented: &Presented<'_>) -> bool {
    !S::SENDER.is_required() || (presented.evidence().is_some() && !presented.is_unchecked())
}

/// Compiles only if `V` does what the scheme asks of senders.
const fn confirms_senders<S: TokenSource, V: VerifyToken>() {
    assert!(
        V::CONFIRMS.suffices_for(&S::SENDER),
        "this scheme's `SENDER` takes tokens that are bound to their sender, whom this verifier does not confirm; wrap the \
         verifier: `SenderVerifier<…>` for proofs, `CertificateVerifier<…>` for certificates alone"
    );
}

/// Logs the reason, with the accepted issuers or audiences. The client does not learn it.
fn refuse<V: VerifyToken>(required: SecurityScopes<'_>, error: VerifyError, verifier: &V) -> AuthError {
    match error {
        VerifyError::Token(ref error @ (TokenError::Issuer | TokenError::Audience)) => {
            tracing::debug!(%error, expected = ?verifier.expected(error), "token refused");
        }
        VerifyError::Token(error) => tracing::debug!(%error, "token refused"),
        VerifyError::Proof { nonce, ref source } => {
            tracing::debug!(error = %source, "proof refused");
            return required.refused_proof(nonce);
        }
        VerifyError::Unavailable { retry_after, ref source } => {
            tracing::debug!(%error, ?source, "token not verified");
            return AuthError::unavailable(retry_after);
        }
    }
    required.unauthorized("Could not validate credentials")
}

/// A verifier that confirms what the scheme takes:
///
/// ```
/// use axum_scopes::{
///     Depends, Flows, OAuth2Scheme, TokenVerifier, scheme::Sender, secure::{Router, get}, security,
///     sender::CertificateVerifier, verified,
/// };
///
/// struct Bank;
/// impl OAuth2Scheme for Bank {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("accounts", "Read accounts.")];
///     const SENDER: Sender = Sender::bearer().or_certificate();
/// }
///
/// type Verifier = CertificateVerifier<TokenVerifier>;
///
/// #[security(scopes = ["accounts"])]
/// async fn read_accounts(_: Depends<verified<Bank, Verifier>>) {}
///
/// let _: Router<Verifier> = Router::new().route("/accounts", get(read_accounts));
/// ```
///
/// The same with one that confirms nobody:
///
/// ```compile_fail,E0080
/// use axum_scopes::{
///     Depends, Flows, OAuth2Scheme, TokenVerifier, scheme::Sender, secure::{Router, get}, security,
///     sender::CertificateVerifier, verified,
/// };
///
/// struct Bank;
/// impl OAuth2Scheme for Bank {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("accounts", "Read accounts.")];
///     const SENDER: Sender = Sender::bearer().or_certificate();
/// }
///
/// type Verifier = TokenVerifier;
///
/// #[security(scopes = ["accounts"])]
/// async fn read_accounts(_: Depends<verified<Bank, Verifier>>) {}
///
/// let _: Router<Verifier> = Router::new().route("/accounts", get(read_accounts));
/// ```
#[cfg(doctest)]
fn a_verifier_that_confirms_nobody_does_not_compile_where_tokens_may_be_bound() {}
