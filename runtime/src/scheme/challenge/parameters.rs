//! The parameters of a bearer challenge come in, and its text goes out: at compile time, or for scopes that a request fills in.

use crate::{scopes::grammar::same, text::constant::Text};

/// The challenge for bearer tokens, without parameters (RFC 6750 §3).
pub(super) const BEARER: &str = "Bearer";
/// RFC 9449 §7.1.
pub(super) const DPOP: &str = "DPoP";

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
    /// The algorithms of DPoP proofs, with one space between them (RFC 9449 §7.1), if the scheme takes proofs.
    pub(super) algs: Option<&'static str>,
    /// Whether the scheme takes bearer tokens as well.
    pub(super) bearer: bool,
}

impl Parameters {
    pub(super) const NONE: Self =
        Self { realm: None, service: None, resource_metadata: None, algs: None, bearer: true };

    pub(crate) const fn is_empty(&self) -> bool {
        self.realm.is_none() && self.service.is_none() && self.resource_metadata.is_none() && self.algs.is_none()
    }

    /// `Bearer realm="…", service="…", error="…", scope="a b", resource_metadata="…"`, without the parameters that have no value.
    /// A 401 of a scheme that takes proofs as well offers both: `…, DPoP algs="…"`.
    pub(crate) const fn challenge<const N: usize>(&self, error: Option<&str>, scope: &str) -> Text<N> {
        if !self.bearer {
            return self.of_scheme(DPOP, error, scope, self.algs);
        }
        let text = self.of_scheme(BEARER, error, scope, None);
        match self.algs {
            Some(algs) if offers_all(error) => text.put(", ").put(DPOP).put(" algs=\"").put(algs).put("\""),
            _ => text,
        }
    }

    const fn of_scheme<const N: usize>(
        &self,
        name: &str,
        error: Option<&str>,
        scope: &str,
        algs: Option<&str>,
    ) -> Text<N> {
        let list = self.list(error, scope, algs);
        let mut text = Text::new().put(name);
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

    /// The same as [`challenge`](Self::challenge) at run time.
    pub(crate) fn text(&self, error: Option<&str>, scope: &str) -> String {
        match self.algs {
            _ if !self.bearer => self.of_dpop(error, scope),
            Some(algs) if offers_all(error) => {
                format!("{}, {DPOP} algs=\"{algs}\"", joined(BEARER, &self.list(error, scope, None)))
            }
            _ => joined(BEARER, &self.list(error, scope, None)),
        }
    }

    /// The challenge to a request that has come with a proof.
    pub(crate) fn of_dpop(&self, error: Option<&str>, scope: &str) -> String {
        joined(DPOP, &self.list(error, scope, self.algs))
    }

    const fn list<'a>(&self, error: Option<&'a str>, scope: &'a str, algs: Option<&'a str>) -> [Parameter<'a>; 6]
    where
        Self: 'a,
    {
        let scope = if scope.is_empty() { None } else { Some(scope) };
        [
            ("realm", self.realm),
            ("service", self.service),
            ("error", error),
            ("scope", scope),
            ("resource_metadata", self.resource_metadata),
            ("algs", algs),
        ]
    }
}

/// The name of a parameter, and its value if it has one.
type Parameter<'a> = (&'static str, Option<&'a str>);

fn joined(scheme: &str, parameters: &[Parameter<'_>]) -> String {
    let given = parameters.iter().filter_map(|(name, value)| value.map(|value| format!("{name}=\"{value}\"")));
    let given = given.collect::<Vec<_>>().join(", ");
    if given.is_empty() { scheme.to_owned() } else { format!("{scheme} {given}") }
}

/// Whether the client may try each kind of token: with this code, it has to present another one.
const fn offers_all(error: Option<&str>) -> bool {
    match error {
        Some(code) => same(code, "invalid_token"),
        None => true,
    }
}
