//! The requirement of one place in a tree: its scopes, its scheme and its challenge.

use crate::{
    scheme::{SchemeInfo, challenge::Challenges, error_style::ErrorStyle},
    scopes::required::Required,
};

/// The requirement of a function at its place, and those of its dependencies.
#[derive(Debug)]
pub struct Requirement {
    pub(crate) required: Required,
    pub(crate) asked: Asked,
    /// The scheme that decides challenges and style, if there is one.
    pub(crate) scheme: Option<&'static SchemeInfo>,
    /// Whether a dependency in an `Option` is here or further out, so that refusals tell whether a credential is missing.
    pub(crate) optional: bool,
    /// In the order of the parameters that are dependencies.
    pub(crate) children: &'static [&'static Requirement],
}

/// The challenges at a place. They name the required scopes if the scheme's challenges can, and if no request fills them in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// For a request without a credential. In FastAPI's style it names no scopes.
    pub(crate) plain: &'static str,
    pub(crate) invalid_token: &'static str,
    pub(crate) insufficient_scope: &'static str,
}

impl Asked {
    /// The challenges of a place without scopes.
    pub(crate) const fn of_scheme(scheme: Option<&'static SchemeInfo>) -> Self {
        let challenges = challenges(scheme);
        let invalid_token = match style(scheme) {
            ErrorStyle::FastApi => challenges.plain,
            ErrorStyle::Rfc6750 => challenges.invalid_token,
        };
        Self { plain: challenges.plain, invalid_token, insufficient_scope: challenges.plain }
    }
}

impl Requirement {
    /// The challenges of the scheme.
    pub(crate) fn challenges(&self) -> &'static Challenges {
        challenges(self.scheme)
    }

    /// The style of the scheme.
    pub(crate) fn style(&self) -> ErrorStyle {
        style(self.scheme)
    }
}

/// The challenges of `scheme`, or those of a bearer scheme without one.
pub(crate) const fn challenges(scheme: Option<&'static SchemeInfo>) -> &'static Challenges {
    match scheme {
        Some(scheme) => scheme.challenges(),
        None => &Challenges::BEARER,
    }
}

/// The style of `scheme`, or FastAPI's without one.
pub(crate) const fn style(scheme: Option<&SchemeInfo>) -> ErrorStyle {
    match scheme {
        Some(scheme) => scheme.error_style(),
        None => ErrorStyle::FastApi,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_have_the_style_of_the_scheme() {
        const STRICT: &SchemeInfo = &SchemeInfo::new("Api").with_error_style(ErrorStyle::Rfc6750);
        for (scheme, style) in [(Some(STRICT), ErrorStyle::Rfc6750), (None, ErrorStyle::FastApi)] {
            let (required, asked) = (Required::NONE, Asked::of_scheme(scheme));
            let requirement = Requirement { required, asked, scheme, optional: false, children: &[] };
            assert_eq!(requirement.style(), style);
        }
    }
}
