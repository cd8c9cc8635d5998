//! For the tests of services: a function in place of the servers of issuers.

use std::sync::Arc;

use super::{builder::IssuerVerifierBuilder, error::IssuerError, fetch::Http, verifier::IssuerVerifier};

impl IssuerVerifierBuilder {
    /// Starts a verifier that takes discovery documents and key sets from `document`, and asks no server. The function gets the URL that
    /// would be fetched, and returns the body, or `None` for an answer with status 404. All rules and bounds are those of
    /// [`start`](Self::start).
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start).
    ///
    /// ```
    /// use axum_scopes::{issuer::{Issuer, IssuerVerifier}, token::VerifyError};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let issuer = Issuer::new("https://id.example.com").audience("api");
    /// let verifier = IssuerVerifier::builder().issuer(issuer).start_with_documents(|url| match url {
    ///     "https://id.example.com/.well-known/openid-configuration" => {
    ///         Some(r#"{"issuer":"https://id.example.com","jwks_uri":"https://id.example.com/keys"}"#.to_owned())
    ///     }
    ///     "https://id.example.com/keys" => Some(
    ///         r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#.to_owned(),
    ///     ),
    ///     _ => None,
    /// })?;
    /// assert!(matches!(verifier.verify("no.token.this").await, Err(VerifyError::Token(_))));
    /// # Ok(())
    /// # }
    /// ```
    pub fn start_with_documents(
        self,
        document: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Result<IssuerVerifier, IssuerError> {
        self.start_with(|_, _| Ok(Http::Documents(Arc::new(document))))
    }
}
