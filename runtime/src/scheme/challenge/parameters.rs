//! The parameters of a bearer challenge come in, and its text goes out: at compile time, or for scopes that a request fills in.

use crate::text::constant::Text;

/// The challenge for bearer tokens, without parameters (RFC 6750 §3).
pub(super) const BEARER: &str = "Bearer";

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
