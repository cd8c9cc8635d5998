//! What a scheme says of itself, as a constant.

use super::oauth2::{Flows, OAuth2Scheme};
use crate::{ErrorStyle, scopes::grammar::same};

/// A security scheme's name, description and scopes: what the checks and the documentation know of it.
///
/// ```
/// use axum_scopes::SchemeInfo;
///
/// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken")
///     .with_description("A token from the settings page.")
///     .with_scopes(&[("items", "Read items.")]);
/// assert_eq!(API_TOKEN.scopes()[0].0, "items");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SchemeInfo {
    name: &'static str,
    description: Option<&'static str>,
    scopes: &'static [(&'static str, &'static str)],
    flows: Option<Flows>,
    style: ErrorStyle,
}

impl SchemeInfo {
    /// A scheme that declares no scopes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, description: None, scopes: &[], flows: None, style: ErrorStyle::FastApi }
    }

    /// What an OAuth2 scheme's constants say.
    #[must_use]
    pub const fn oauth2<S: OAuth2Scheme>() -> Self {
        Self { name: S::NAME, description: S::DESCRIPTION, scopes: S::SCOPES, flows: Some(S::FLOWS), style: S::ERRORS }
    }

    /// Text for the documentation.
    #[must_use]
    pub const fn with_description(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The scopes that exist, each with its description. Requiring any other does not compile.
    #[must_use]
    pub const fn with_scopes(self, scopes: &'static [(&'static str, &'static str)]) -> Self {
        Self { scopes, ..self }
    }

    /// How the dependencies above the scheme refuse.
    #[must_use]
    pub const fn with_errors(self, style: ErrorStyle) -> Self {
        Self { style, ..self }
    }

    /// The name, unique in one service.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Text for the documentation.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The scopes that exist, each with its description.
    #[must_use]
    pub const fn scopes(&self) -> &'static [(&'static str, &'static str)] {
        self.scopes
    }

    /// The OAuth2 flows by which a client gets a token, for an OAuth2 scheme.
    #[must_use]
    pub const fn flows(&self) -> Option<&Flows> {
        self.flows.as_ref()
    }

    /// How the dependencies above the scheme refuse.
    #[must_use]
    pub const fn style(&self) -> ErrorStyle {
        self.style
    }

    pub(crate) const fn declares(&self, scope: &str) -> bool {
        let mut i = 0;
        while i < self.scopes.len() {
            if same(self.scopes[i].0, scope) {
                return true;
            }
            i += 1;
        }
        false
    }
}
