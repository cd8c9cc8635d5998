//! Tokens that begin with a prefix.

use std::sync::Arc;

use super::only::judges_only_its_own;

/// Asks a verifier only about tokens that begin with a prefix; see [`by_prefix`].
#[derive(Clone, Debug)]
pub struct ByPrefix<V> {
    prefix: Arc<str>,
    verifier: V,
}

/// Asks `verifier` only about tokens that begin with `prefix`, in the same case. The verifier gets the whole token.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, credential::{Presented, PresentedAs}, token::{TokenError, VerifyToken, judges}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes::jose::KeyError> {
/// let verifier = judges::by_prefix("eyJ", TokenVerifier::hs256(&HmacKey::new([7; 32])?));
/// let judged = verifier.judge(&Presented::new("ghp_1234", PresentedAs::Bearer)).await;
/// assert_eq!(judged, Err(TokenError::NotMine.into()));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn by_prefix<V>(prefix: impl Into<Arc<str>>, verifier: V) -> ByPrefix<V> {
    ByPrefix { prefix: prefix.into(), verifier }
}

impl<V> ByPrefix<V> {
    fn is_mine(&self, token: &str) -> bool {
        token.starts_with(&*self.prefix)
    }
}

judges_only_its_own!(ByPrefix);
