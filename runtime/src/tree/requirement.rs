//! What one place of a tree requires.

use crate::{
    scheme::{SchemeInfo, challenge::Challenges, error_style::ErrorStyle},
    scopes::required::Required,
};

/// What is required of a function where it stands, and of its dependencies below.
#[derive(Debug)]
pub struct Requirement {
    pub(crate) required: Required,
    /// For a credential that does not cover the scopes: names them, where the scheme's challenges do.
    pub(crate) challenge: &'static str,
    /// Whose challenges and style are used, if any scheme's.
    pub(crate) scheme: Option<&'static SchemeInfo>,
    /// In the order of the parameters that are dependencies.
    pub(crate) children: &'static [&'static Requirement],
}

impl Requirement {
    /// The challenges of the scheme that is asked.
    pub(crate) fn challenges(&self) -> &'static Challenges {
        challenges(self.scheme)
    }

    /// How the scheme that is asked refuses.
    pub(crate) fn style(&self) -> ErrorStyle {
        style(self.scheme)
    }
}

/// Those of `scheme`; without one, what reads `Authorization` is taken for a bearer scheme.
pub(crate) const fn challenges(scheme: Option<&'static SchemeInfo>) -> &'static Challenges {
    match scheme {
        Some(scheme) => scheme.challenges(),
        None => &Challenges::BEARER,
    }
}

pub(crate) const fn style(scheme: Option<&SchemeInfo>) -> ErrorStyle {
    match scheme {
        Some(scheme) => scheme.error_style(),
        None => ErrorStyle::FastApi,
    }
}
