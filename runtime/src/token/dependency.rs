//! The ready-made dependencies: a verified token that covers the required scopes.

use serde::de::DeserializeOwned;

use super::{claims::Claims, error::TokenError, verified::VerifiedToken, verifier::TokenVerifier};
use crate::{
    dependency::{judge::Judge, security_scopes::SecurityScopes},
    error::AuthError,
    scheme::{bearer::Bearer, oauth2::OAuth2Scheme},
    scopes::grants::Grants,
    security,
};

/// A dependency that verifies the bearer token of scheme `S`, enforces the required scopes and yields the [`Claims`].
///
/// The router's state provides the [`TokenVerifier`], by `FromRef`; so does an `Arc` of that state.
/// `#[axum::debug_handler(state = App)]` below `#[security]` names a verifier that the state lacks.
///
/// # Errors
///
/// "Not authenticated" without a token, "Could not validate credentials" for one that is refused, and
/// "Not enough permissions" where a required scope is missing.
///
/// ```
/// use axum::{Router, extract::FromRef, routing::get};
/// use axum_scopes::{Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, security, verified_claims};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[derive(Clone)]
/// struct App {
///     verifier: TokenVerifier,
/// }
///
/// impl FromRef<App> for TokenVerifier {
///     fn from_ref(app: &App) -> Self {
///         app.verifier.clone()
///     }
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(claims): Depends<verified_claims<Api>>) -> String {
///     format!("the items of {}", claims.sub)
/// }
///
/// # fn main() -> Result<(), axum_scopes::KeyError> {
/// let key = HmacKey::new("a secret of at least thirty-two bytes")?;
/// let app = App { verifier: TokenVerifier::hs256(&key) };
/// let _: Router = Router::new().route("/items", get(read_items)).with_state(app);
/// # Ok(())
/// # }
/// ```
#[security]
pub async fn verified_claims<S: OAuth2Scheme>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<TokenVerifier>,
) -> Result<Claims, AuthError> {
    let claims =
        verifier.verify(token.as_str()).map_err(|error| refuse(required, error, || verifier.expected(error)))?;
    required.check(&claims)?;
    Ok(claims)
}

/// [`verified_claims`] with a claims type of your own, which says by [`Grants`] what it grants.
///
/// # Errors
///
/// Those of [`verified_claims`]; also where the claims do not have the shape of `C`.
///
/// ```
/// use axum_scopes::{Depends, Flows, Grants, OAuth2Scheme, Scopes, security, verified_claims_as};
/// use serde::Deserialize;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
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
/// async fn read_items(Depends(claims): Depends<verified_claims_as<Api, TenantClaims>>) -> String {
///     format!("the items of {}", claims.tenant)
/// }
/// ```
#[security]
pub async fn verified_claims_as<S: OAuth2Scheme, C: DeserializeOwned + Grants + Send + 'static>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<TokenVerifier>,
) -> Result<C, AuthError> {
    let claims: C =
        verifier.verify_as(token.as_str()).map_err(|error| refuse(required, error, || verifier.expected(error)))?;
    required.check(&claims)?;
    Ok(claims)
}

/// [`verified_claims`] with all claims of the token at hand, to be read without a copy of what is in them.
///
/// # Errors
///
/// Those of [`verified_claims`].
///
/// ```
/// use axum_scopes::{AuthError, Depends, Flows, OAuth2Scheme, security, verified_token};
/// use serde::Deserialize;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[derive(Deserialize)]
/// struct TenantClaims<'a> {
///     tenant: &'a str,
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(token): Depends<verified_token<Api>>) -> Result<String, AuthError> {
///     let claims: TenantClaims<'_> =
///         token.claims_as().map_err(|_| AuthError::unauthorized("Could not validate credentials"))?;
///     Ok(format!("the items of {}", claims.tenant))
/// }
/// ```
#[security]
pub async fn verified_token<S: OAuth2Scheme>(
    required: SecurityScopes,
    Bearer(token): Bearer<S>,
    Judge(verifier): Judge<TokenVerifier>,
) -> Result<VerifiedToken, AuthError> {
    let token =
        verifier.verify_token(token.as_str()).map_err(|error| refuse(required, error, || verifier.expected(error)))?;
    required.check(&token)?;
    Ok(token)
}

/// The reason is for the log, with what was expected where the token names something else; the client learns none.
pub(crate) fn refuse<'a>(
    required: SecurityScopes<'_>,
    error: TokenError,
    expected: impl FnOnce() -> Vec<&'a str>,
) -> AuthError {
    match error {
        TokenError::Issuer | TokenError::Audience => {
            tracing::debug!(%error, expected = ?expected(), "token refused");
        }
        _ => tracing::debug!(%error, "token refused"),
    }
    required.unauthorized("Could not validate credentials")
}
