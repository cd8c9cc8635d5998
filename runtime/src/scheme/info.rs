//! A security scheme as a constant: its name, scopes, challenges and style.

mod declared;
#[cfg(test)]
mod tests;

use crate::{
    scheme::{
        challenge::Challenges,
        error_response::{ErrorResponse, Responder},
        error_style::ErrorStyle,
        kind::SchemeKind,
        protected_resource::ProtectedResource,
        sender::Sender,
    },
    scopes::{
        grammar::same,
        implied::Implies,
        template::{is_template, overlap},
    },
};

/// A security scheme as the compiler's checks and the document know it.
///
/// ```
/// use axum_scopes::scheme::SchemeInfo;
///
/// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken")
///     .with_description("A token from the settings page.")
///     .with_scopes(&[("items", "Read items.")]);
/// assert_eq!(API_TOKEN.scopes()[0].0, "items");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemeInfo {
    name: &'static str,
    description: Option<&'static str>,
    scopes: &'static [(&'static str, &'static str)],
    /// Whether some of the scopes are templates.
    templates: bool,
    implies: Implies,
    basic_scopes: Option<&'static [&'static str]>,
    kind: SchemeKind,
    challenges: Challenges,
    resource: Option<ProtectedResource>,
    sender: Sender,
    style: ErrorStyle,
    error_response: Option<ErrorResponse>,
}

impl SchemeInfo {
    /// A scheme of your own, without scopes.
    ///
    /// ```
    /// # use axum_scopes::scheme::SchemeInfo;
    /// assert!(SchemeInfo::new("ApiToken").scopes().is_empty());
    /// ```
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            description: None,
            scopes: &[],
            templates: false,
            implies: &[],
            basic_scopes: None,
            kind: SchemeKind::Other,
            challenges: Challenges::BEARER,
            resource: None,
            sender: Sender::bearer(),
            style: ErrorStyle::FastApi,
            error_response: None,
        }
    }

    /// The same scheme with a description for the document.
    #[must_use]
    pub const fn with_description(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The same scheme with these scopes, each with its description. A function that requires another scope does not compile.
    #[must_use]
    pub const fn with_scopes(self, scopes: &'static [(&'static str, &'static str)]) -> Self {
        Self { scopes, templates: has_template(scopes), ..self }
    }

    /// The same scheme with scopes that include others, like [`OAuth2Scheme::IMPLIES`](crate::OAuth2Scheme::IMPLIES).
    ///
    /// ```
    /// # use axum_scopes::scheme::SchemeInfo;
    /// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken")
    ///     .with_scopes(&[("read", "Read items."), ("write", "Read and write items.")])
    ///     .with_implied(&[("write", &["read"])]);
    /// assert_eq!(API_TOKEN.implies()[0], ("write", &["read"][..]));
    /// ```
    #[must_use]
    pub const fn with_implied(self, implies: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { implies, ..self }
    }

    /// The same scheme as one of this kind. The kind decides the challenge (RFC 9110 §11.6.1).
    #[must_use]
    pub const fn with_kind(self, kind: SchemeKind) -> Self {
        let challenges = match kind {
            SchemeKind::HttpBasic => Challenges::BASIC,
            SchemeKind::HttpDigest => Challenges::DIGEST,
            SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
                Challenges::API_KEY
            }
            // These challenges may have a realm already.
            _ if self.challenges.parameters.is_some() => self.challenges,
            _ => Challenges::BEARER,
        };
        Self { kind, challenges, ..self }
    }

    /// The same scheme with this style of its refusals.
    #[must_use]
    pub const fn with_error_style(self, style: ErrorStyle) -> Self {
        Self { style, ..self }
    }

    /// The same scheme with the service's own response to all its refusals.
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) has the details.
    ///
    /// ```
    /// use axum::response::{IntoResponse, Response};
    /// use axum_scopes::{AuthError, scheme::SchemeInfo};
    ///
    /// fn refusal(error: &AuthError) -> Response {
    ///     error.detail().into_owned().into_response()
    /// }
    ///
    /// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken").with_error_response(refusal);
    /// assert_ne!(API_TOKEN, SchemeInfo::new("ApiToken"));
    /// ```
    #[must_use]
    pub const fn with_error_response(self, response: Responder) -> Self {
        Self { error_response: Some(ErrorResponse(response)), ..self }
    }

    /// The name, which is unique in one service.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The description in the document.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The scopes that exist, each with its description.
    #[must_use]
    pub const fn scopes(&self) -> &'static [(&'static str, &'static str)] {
        self.scopes
    }

    /// Scopes that include others, each with those that it includes.
    #[must_use]
    pub const fn implies(&self) -> &'static [(&'static str, &'static [&'static str])] {
        self.implies
    }

    /// The kind of the scheme in the document.
    #[must_use]
    pub const fn kind(&self) -> SchemeKind {
        self.kind
    }

    /// The style of the scheme's refusals.
    #[must_use]
    pub const fn error_style(&self) -> ErrorStyle {
        self.style
    }

    /// The service's own responder, if the scheme has one.
    pub(crate) fn error_response(&self) -> Option<Responder> {
        self.error_response.map(|response| response.0)
    }

    pub(crate) const fn challenges(&self) -> &Challenges {
        &self.challenges
    }

    /// The challenge for an invalid credential. It names no scopes.
    pub(crate) const fn unauthorized(&self) -> &'static str {
        match self.error_style() {
            ErrorStyle::FastApi => self.challenges().plain,
            ErrorStyle::Rfc6750 => self.challenges().invalid_token,
        }
    }

    /// What the scheme asks of senders; other schemes than those of OAuth2 ask for nothing.
    #[must_use]
    pub const fn sender(&self) -> &Sender {
        &self.sender
    }

    pub(crate) const fn protected_resource(&self) -> Option<ProtectedResource> {
        self.resource
    }

    pub(crate) const fn basic_scopes(&self) -> Option<&'static [&'static str]> {
        self.basic_scopes
    }

    /// The scopes that a client can request at first. A template is none of them, because nobody is granted its text.
    pub(crate) fn scopes_supported(&self) -> Vec<&'static str> {
        let all = || self.scopes.iter().map(|(name, _)| *name).filter(|name| !is_template(name)).collect();
        self.basic_scopes.map_or_else(all, <[_]>::to_vec)
    }

    pub(crate) const fn declares(&self, scope: &str) -> bool {
        let mut scopes = self.scopes;
        while let [(name, _), rest @ ..] = scopes {
            if same(name, scope) {
                return true;
            }
            scopes = rest;
        }
        false
    }

    /// Another declared scope that `scope` is as well, in some request.
    pub(crate) const fn overlapping(&self, scope: &str) -> Option<&'static str> {
        if !self.templates && !is_template(scope) {
            return None;
        }
        let mut i = 0;
        while i < self.scopes.len() {
            let other = self.scopes[i].0;
            if (is_template(scope) || is_template(other)) && !same(scope, other) && overlap(scope, other) {
                return Some(other);
            }
            i += 1;
        }
        None
    }
}

const fn has_template(scopes: &[(&str, &str)]) -> bool {
    let mut i = 0;
    while i < scopes.len() {
        if is_template(scopes[i].0) {
            return true;
        }
        i += 1;
    }
    false
}
