//! The parameters of a bearer challenge come in, and its text goes out: at compile time, or for scopes that a request fills in.

use super::BEARER;
use crate::text::constant::Text;

/// The parameters that the constants of a bearer scheme give its challenges. Their values need no escapes in a quoted-string
/// (RFC 9110 §5.6.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parameters {
    /// RFC 6750 §3.
    pub(super) realm: Option<&'static str>,
    /// What Docker's registry protocol calls the service that the token is for.
    pub(super) service: Option<&'static str>,
    /// RFC 9728 §5.1.
    pub(super) resource_metadata: Option<&'static str>,
}

impl Parameters {
    pub(super) const NONE: Self = Self { realm: None, service: None, resource_metadata: None };

    pub(crate) const fn is_empty(&self) -> bool {
        self.realm.is_none() && self.service.is_none() && self.resource_metadata.is_none()
    }

    /// `Bearer realm="…", service="…", error="…", scope="a b", resource_metadata="…"`, without the parameters that have no value.
    pub(crate) const fn challenge<const N: usize>(&self, error: Option<&str>, scope: &str) -> Text<N> {
        let list = self.list(error, scope);
        let mut text = Text::new().put(BEARER);
        let (mut i, mut separator) = (0, " ");
        while i < list.len() {
            if let (name, Some(value)) = list[i] {
                text = text.put(separator).put(name).put("=\"").put(value).put("\"");
                separator = ", ";
            }
            i += 1;
        }
        text
    }

    /// The same at run time.
    pub(crate) fn text(&self, error: Option<&str>, scope: &str) -> String {
        let list = self.list(error, scope);
        let given = list.iter().filter_map(|(name, value)| value.map(|value| format!("{name}=\"{value}\"")));
        let given = given.collect::<Vec<_>>().join(", ");
        if given.is_empty() { BEARER.to_owned() } else { format!("{BEARER} {given}") }
    }

    const fn list<'a>(&self, error: Option<&'a str>, scope: &'a str) -> [(&'static str, Option<&'a str>); 5] {
        let scope = if scope.is_empty() { None } else { Some(scope) };
        [
            ("realm", self.realm),
            ("service", self.service),
            ("error", error),
            ("scope", scope),
            ("resource_metadata", self.resource_metadata),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scheme::challenge::{MOST_CHALLENGE, MOST_PARAMETERS, MOST_REALM},
        text::https_url::MOST_URL,
    };

    #[test]
    fn parameters_stand_in_one_order() {
        let realm = Parameters { realm: Some("r"), resource_metadata: Some("https://a"), ..Parameters::NONE };
        let all = Parameters { service: Some("s"), ..realm };
        let none = Parameters::NONE;
        for (parameters, error, scope, expected) in [
            (none, None, "", "Bearer"),
            (none, Some("e"), "", r#"Bearer error="e""#),
            (none, None, "a b", r#"Bearer scope="a b""#),
            (realm, None, "", r#"Bearer realm="r", resource_metadata="https://a""#),
            (
                all,
                Some("e"),
                "a",
                r#"Bearer realm="r", service="s", error="e", scope="a", resource_metadata="https://a""#,
            ),
        ] {
            assert_eq!(parameters.challenge::<256>(error, scope).str(), Some(expected));
            assert_eq!(parameters.text(error, scope), expected);
        }
    }

    #[test]
    fn the_longest_parameters_fit_into_a_challenge() {
        let parameters = Parameters {
            realm: Some("x".repeat(MOST_REALM).leak()),
            service: Some("x".repeat(MOST_REALM).leak()),
            resource_metadata: Some("x".repeat(MOST_URL).leak()),
        };
        let error = Some("insufficient_user_authentication");
        assert!(parameters.challenge::<MOST_PARAMETERS>(error, "").str().is_some());
        let scope = "x".repeat(crate::scopes::merge::MOST_BYTES);
        assert!(parameters.challenge::<MOST_CHALLENGE>(error, &scope).str().is_some());
    }
}
