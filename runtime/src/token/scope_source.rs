//! Claims of other names that hold scopes: takes the claims of a token, yields what such a claim grants.

use std::fmt;

use super::{claim_at, scope_claim::ScopeValue};

/// A claim that holds scopes, by its name or by the names of the objects around it. It is a list of scope names.
///
/// Each name is compared as a whole. So a full stop or a slash in it has no meaning, as in `https://example.com/roles`.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, token::ScopeSource};
///
/// # let key = HmacKey::new([7; 32])?;
/// // {"resource_access": {"my-api": {"roles": ["items"]}}, "https://example.com/roles": ["me"]}
/// let verifier = TokenVerifier::hs256(&key).scope_sources([
///     ScopeSource::claim("resource_access").member("my-api").member("roles"),
///     ScopeSource::claim("https://example.com/roles"),
/// ]);
/// # let token = axum_scopes::token::TokenSigner::hs256(&key).sign(&serde_json::json!({
/// #     "sub": "johndoe", "exp": 4_102_444_800_u64,
/// #     "resource_access": {"my-api": {"roles": ["items"]}}, "https://example.com/roles": ["me"],
/// # }))?;
/// assert_eq!(verifier.verify(&token)?.scope.as_str(), "items me");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeSource {
    path: Vec<Box<str>>,
    accepts_text: bool,
    skips_others: bool,
}

impl ScopeSource {
    /// The claim with this name.
    ///
    /// ```
    /// # use axum_scopes::token::ScopeSource;
    /// assert_eq!(ScopeSource::claim("permissions").to_string(), "permissions");
    /// ```
    #[must_use]
    pub fn claim(name: impl Into<Box<str>>) -> Self {
        Self { path: vec![name.into()], accepts_text: false, skips_others: false }
    }

    /// The member with this name, where the claim so far is an object.
    ///
    /// ```
    /// # use axum_scopes::token::ScopeSource;
    /// assert_eq!(ScopeSource::claim("realm_access").member("roles").to_string(), "realm_access/roles");
    /// ```
    #[must_use]
    pub fn member(mut self, name: impl Into<Box<str>>) -> Self {
        self.path.push(name.into());
        self
    }

    /// Accepts a string of names separated by spaces as well. By default, it is refused: in a claim of roles, `Store Manager`
    /// is one role and not two.
    ///
    /// ```
    /// # use axum_scopes::token::ScopeSource;
    /// // Some servers write one scope as a string, and several as a list.
    /// let source = ScopeSource::claim("scope").or_text();
    /// ```
    #[must_use]
    pub fn or_text(mut self) -> Self {
        self.accepts_text = true;
        self
    }

    /// Skips entries of a list that are not scope names (RFC 6749 §3.3), such as roles with a space in them. They grant
    /// nothing. By default, they make the token invalid, because a list of another form may be a list of another meaning.
    ///
    /// ```
    /// # use axum_scopes::token::ScopeSource;
    /// let source = ScopeSource::claim("roles").skip_others();
    /// ```
    #[must_use]
    pub fn skip_others(mut self) -> Self {
        self.skips_others = true;
        self
    }

    /// Appends the granted scopes to `granted`, each after a space. `None` if the claim is present and has the wrong type.
    pub(super) fn grant(&self, claims: &str, granted: &mut String) -> Option<()> {
        match claim_at::scopes(claims, &self.path, self.skips_others) {
            None => {}
            Some(ScopeValue::List(names)) => names.iter().for_each(|name| push(granted, name)),
            Some(ScopeValue::Text(names)) if self.accepts_text => push(granted, &names),
            Some(ScopeValue::Text(_) | ScopeValue::Wrong) => return None,
        }
        Some(())
    }
}

fn push(granted: &mut String, names: &str) {
    granted.push(' ');
    granted.push_str(names);
}

/// The names, with a slash between them.
impl fmt::Display for ScopeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path.join("/"))
    }
}
