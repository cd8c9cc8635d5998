//! The ready-made dependencies: a token of a configured issuer that covers the required scopes.

use axum::extract::State;
use serde::de::DeserializeOwned;

use super::{error::VerifyError, verifier::IssuerVerifier};
use crate::{
    dependency::{judge::Judge, security_scopes::SecurityScopes},
    error::AuthError,
    scheme::{bearer::Bearer, oauth2::OAuth2Scheme},
    scopes::grants::Grants,
    security,
    token::{claims::Claims, dependency::refuse, verified::VerifiedToken},
    tree::{
        describe::Describe,
        node::{Kind, Node},
    },
};

/// Whoever takes it together with `SecurityScopes` may answer 503, and documents say so.
impl Describe for State<IssuerVerifier> {
    const NODE: &'static Node = &Node::leaf(Kind::Keys);
}

impl Describe for Judge<IssuerVerifier> {
    const NODE: &'static Node = <State<IssuerVerifier> as Describe>::NODE;
}

/// [`verified_claims`](crate::verified_claims) for tokens of configured issuers: it verifies the bearer token of scheme `S`,
/// enforces the required scopes and yields the [`Claims`].
///
/// The router's state provides the [`IssuerVerifier`], by `FromRef`; so does an `Arc` of that state.
///
/// # Errors
///
/// Those of [`verified_claims`](crate::verified_claims); 503 with `Retry-After`, and without a challenge, while the keys of
/// the token's issuer are not at hand.
///
/// ```no_run
/// use axum::{Router, routing::get};
/// use axum_scopes::{Depends, Flows, Issuer, IssuerVerifier, OAuth2Scheme, issued_claims, security};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<issued_claims<Api>>) -> String {
///     format!("the items of {}", claims.sub)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::IssuerError> {
/// let issuer = Issuer::new("https://id.example.com").audience("https://api.example.com");
/// let verifier = IssuerVerifier::start([issuer])?;
/// let router: Router = Router::new().route("/items", get(read_items)).with_state(verifier);
/// # Ok(())
/// # }
/// ```
#[security]
pub async fn issued_claims<S: OAuth2Scheme>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<IssuerVerifier>,
) -> Result<Claims, AuthError> {
    let claims = verifier.verify(token.as_str()).await.map_err(|error| answer(required, error, &verifier))?;
    required.check(&claims)?;
    Ok(claims)
}

/// [`issued_claims`] with a claims type of your own, which says by [`Grants`] what it grants.
///
/// # Errors
///
/// Those of [`issued_claims`]; also where the claims do not have the shape of `C`.
///
/// ```
/// use axum_scopes::{Depends, Flows, Grants, OAuth2Scheme, Scopes, issued_claims_as, security};
/// use serde::Deserialize;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[derive(Deserialize)]
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
/// async fn read_items(Depends(claims): Depends<issued_claims_as<Api, TenantClaims>>) -> String {
///     format!("the items of {}", claims.tenant)
/// }
/// ```
#[security]
pub async fn issued_claims_as<S: OAuth2Scheme, C: DeserializeOwned + Grants + Send + 'static>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<IssuerVerifier>,
) -> Result<C, AuthError> {
    let claims: C = verifier.verify_as(token.as_str()).await.map_err(|error| answer(required, error, &verifier))?;
    required.check(&claims)?;
    Ok(claims)
}

/// [`issued_claims`] with all claims of the token at hand, as [`verified_token`](crate::verified_token) has them.
///
/// # Errors
///
/// Those of [`issued_claims`].
///
/// ```
/// use axum_scopes::{Depends, Flows, OAuth2Scheme, issued_token, security};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("https://id.example.com/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(token): Depends<issued_token<Api>>) -> String {
///     format!("the items of {}", token.claims().sub)
/// }
/// ```
#[security]
pub async fn issued_token<S: OAuth2Scheme>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<IssuerVerifier>,
) -> Result<VerifiedToken, AuthError> {
    let token = verifier.verify_token(token.as_str()).await.map_err(|error| answer(required, error, &verifier))?;
    required.check(&token)?;
    Ok(token)
}

fn answer(required: SecurityScopes<'_>, error: VerifyError, verifier: &IssuerVerifier) -> AuthError {
    match error {
        VerifyError::Token(error) => refuse(required, error, || verifier.expected(error)),
        VerifyError::Unavailable { retry_after } => {
            tracing::debug!(%error, "token not judged");
            AuthError::unavailable(retry_after)
        }
    }
}
