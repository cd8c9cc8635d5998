//! The answers by which an operation refuses, as its document lists them.

use super::requirement::Requirement;
use crate::ErrorStyle;

/// One answer, with a JSON object of strings and the header `WWW-Authenticate`.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) description: &'static str,
    /// Names and examples of the object's members, each a string.
    pub(crate) members: &'static [(&'static str, &'static str)],
    /// An example of the challenge.
    pub(crate) challenge: &'static str,
}

/// None where nothing is asked; 403 only where a scheme answers with it.
pub(crate) fn refusals(requirements: &[Requirement]) -> impl Iterator<Item = Refusal> {
    let first = requirements.first().map(|first| (first.scheme.error_style(), first.scheme.challenge()));
    let scoped = requirements.iter().any(|requirement| !requirement.scopes.is_empty());
    let rfc6750 = requirements.iter().any(|requirement| requirement.scheme.error_style() == ErrorStyle::Rfc6750);
    let unauthorized = first.map(|(style, challenge)| {
        let (description, members): (_, &[_]) = match (style, scoped) {
            (ErrorStyle::FastApi, false) => ("Not authenticated", &[("detail", "Not authenticated")]),
            (ErrorStyle::FastApi, true) => {
                ("Not authenticated, or not enough permissions", &[("detail", "Not authenticated")])
            }
            (ErrorStyle::Rfc6750, _) => (
                "Not authenticated",
                &[("error", "invalid_token"), ("error_description", "Could not validate credentials")],
            ),
        };
        Refusal { status: 401, description, members, challenge }
    });
    let forbidden = first.filter(|_| rfc6750 && scoped).map(|(_, challenge)| Refusal {
        status: 403,
        description: "Not enough permissions",
        members: &[("error", "insufficient_scope"), ("error_description", "Not enough permissions")],
        challenge,
    });
    unauthorized.into_iter().chain(forbidden)
}
