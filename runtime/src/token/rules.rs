//! The rules of a verifier for tokens: strict at first, and looser only where a service says so.

use std::time::Duration;

use super::{profile::Profile, scope_claim::ScopeClaim, scope_source::ScopeSource, verifier::TokenVerifier};

impl TokenVerifier {
    /// Requires the JSON Web Token Profile for OAuth 2.0 Access Tokens (RFC 9068 §4): `typ` is `at+jwt`, and `iss`, `aud`,
    /// `client_id`, `iat` and `jti` are present as well.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
    ///     .rfc9068("https://id.example.com", "https://api.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn rfc9068(self, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        let mut verifier = self.issuer(issuer).audience(audience);
        verifier.policy().profile = Profile::Rfc9068;
        verifier
    }

    /// Allows the issuer's clock to differ by `leeway` when `exp` and `nbf` are checked. The default is 0, the maximum
    /// 300 seconds.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// # use std::time::Duration;
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).leeway(Duration::from_secs(30));
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.policy().set_leeway(leeway);
        self
    }

    /// Accepts only tokens whose `iss` (RFC 7519 §4.1.1) is `issuer`, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).issuer("https://id.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.policy().issuer = Some(issuer.into());
        self
    }

    /// Accepts only tokens whose `aud` (RFC 7519 §4.1.3) is `audience` or a list with it, byte for byte.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).audience("https://api.example.com");
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.policy().set_audiences([audience]);
        self
    }

    /// Accepts only tokens whose `aud` names at least one of these: for a service with several names. Without any, no token
    /// is accepted. This replaces [`audience`](Self::audience).
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).audiences(["https://api.example.com", "api"]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy().set_audiences(audiences);
        self
    }

    /// Accepts only tokens whose claim `claim` is one of these clients, byte for byte. Each call adds a rule, and a token has
    /// to keep all of them.
    ///
    /// Some issuers write no `aud` into access tokens, and name the client in `client_id` (Amazon Cognito, RFC 9068 §2.2) or
    /// `azp`. Without this rule, a token for any client of the issuer is accepted. It does not replace the rule for `aud`: a
    /// token with `aud` is refused unless an audience is configured.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).clients("client_id", ["1example23456789"]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn clients(mut self, claim: impl Into<Box<str>>, clients: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy().add_values(claim.into(), clients, true);
        self
    }

    /// Accepts only tokens whose claim `claim` is one of these texts, byte for byte. Each call adds a rule, and a token has
    /// to keep all of them. Some issuers tell kinds of tokens apart by a claim, or sign tokens for anybody who asks and say
    /// for whom.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).require_claim("token_use", ["access"]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn require_claim(mut self, claim: impl Into<Box<str>>, values: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy().add_values(claim.into(), values, false);
        self
    }

    /// Accepts tokens without `sub` that name their client in `claim`, a text that is not empty. Their subject is the name of
    /// the claim, a colon and the client, such as `client_id:reports`. So no client is taken for a user whose `sub` has the
    /// same text. No user is taken for a client either: a `sub` that begins with the claim's name and a colon is refused.
    ///
    /// Some issuers leave `sub` out: in tokens that a client gets for itself, or in Keycloak's lightweight access tokens,
    /// also for users. All users of one client then have the same subject. A `sub` that is empty or no text is refused all
    /// the same.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, token::TokenSigner};
    /// # let key = HmacKey::new([7; 32])?;
    /// # let token = TokenSigner::hs256(&key)
    /// #     .sign(&serde_json::json!({"exp": 4_102_444_800_u64, "client_id": "reports"}))?;
    /// let verifier = TokenVerifier::hs256(&key).subject_or("client_id");
    /// assert_eq!(verifier.verify(&token)?.sub, "client_id:reports");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subject_or(mut self, claim: impl Into<Box<str>>) -> Self {
        self.policy().set_subject_or(claim.into());
        self
    }

    /// Accepts only tokens whose `typ` (RFC 7515 §4.1.9) is one of these, in any case, with or without `application/`. By
    /// default, `typ` is `JWT`, `at+jwt` or absent.
    ///
    /// This replaces the `at+jwt` of [`rfc9068`](Self::rfc9068), for issuers that keep the rest of the profile.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
    ///     .rfc9068("https://id.example.com", "https://api.example.com")
    ///     .token_types(["at+jwt", "JWT"]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn token_types(mut self, types: impl IntoIterator<Item: Into<String>>) -> Self {
        self.policy().set_types(types);
        self
    }

    /// Accepts tokens without `typ` as well, for issuers that write it into some tokens only. By default, this holds unless
    /// [`token_types`](Self::token_types) or [`rfc9068`](Self::rfc9068) is configured, because `typ` tells an access token
    /// from other tokens of the issuer (RFC 8725 §3.11).
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).token_types(["at+jwt"]).or_no_token_type();
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn or_no_token_type(mut self) -> Self {
        self.policy().accepts_untyped = true;
        self
    }

    /// Refuses longer tokens before parsing them. The default is 16,384 bytes.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).max_token_size(4096);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn max_token_size(mut self, bytes: usize) -> Self {
        self.policy().max_size = bytes;
        self
    }

    /// Reads the scopes from this claim. The default is `scope`. A claims type of your own decides for itself.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, token::ScopeClaim};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).scope_claim(ScopeClaim::Scopes);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn scope_claim(mut self, claim: ScopeClaim) -> Self {
        self.policy().set_scope_claim(claim);
        self
    }

    /// Reads the scopes from these claims instead, and grants all that they hold together. A claim that is missing grants
    /// nothing; one of another form makes the token invalid. A claims type of your own decides for itself.
    ///
    /// ```
    /// # use axum_scopes::{HmacKey, TokenVerifier, token::ScopeSource};
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?)
    ///     .scope_sources([ScopeSource::claim("scope").or_text(), ScopeSource::claim("permissions")]);
    /// # Ok::<_, axum_scopes::jose::KeyError>(())
    /// ```
    #[must_use]
    pub fn scope_sources(mut self, sources: impl IntoIterator<Item = ScopeSource>) -> Self {
        self.policy().set_scope_sources(sources);
        self
    }
}
