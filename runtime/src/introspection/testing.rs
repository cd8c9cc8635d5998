//! For the tests of services: a function in place of the endpoint.

use super::{
    answer::MEDIA_TYPE,
    config::Introspection,
    endpoint::{Ask, Reply},
    error::{IntrospectionError, RequestError},
    verifier::IntrospectionVerifier,
};

impl IntrospectionVerifier {
    /// A verifier that asks `endpoint` about tokens, and no server. The function gets the token, and returns the answer: the JSON object of
    /// RFC 7662 §2.2. All rules and bounds are those of `introspection`, except that answers are not signed.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new) for the credentials and the random numbers.
    ///
    /// ```
    /// use axum_scopes::introspection::{ClientCredentials, Introspection, IntrospectionVerifier};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let introspection = Introspection::new("https://id.example.com/introspect", ClientCredentials::basic("api", "secret"));
    /// let verifier = IntrospectionVerifier::with_endpoint(introspection, |token| {
    ///     let is_active = token == "a-good-one";
    ///     Ok(format!(r#"{{"active": {is_active}, "sub": "amy", "exp": 4102444800, "scope": "items"}}"#))
    /// })?;
    /// assert_eq!(verifier.verify("a-good-one").await?.scope.as_str(), "items");
    /// assert!(verifier.verify("a-bad-one").await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_endpoint(
        introspection: Introspection,
        endpoint: impl Fn(&str) -> Result<String, RequestError> + Send + Sync + 'static,
    ) -> Result<Self, IntrospectionError> {
        introspection.credentials.check()?;
        let ask: Ask = Box::new(move |token| {
            let answer = endpoint(token);
            let reply = |json: String| Reply { media_type: MEDIA_TYPE.to_owned(), body: json.into() };
            Box::pin(async move { Ok(answer.map(reply)?) })
        });
        Self::asking(Introspection { signer: None, ..introspection }, ask)
    }
}
