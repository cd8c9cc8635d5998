//! URLs that may be fetched: takes text and the hosts that are trusted without TLS, yields URLs of the same server.

use axum::http::{
    Uri,
    uri::{Authority, Scheme},
};

use crate::text::safe_url;

/// The port of plain HTTP (RFC 9110 §4.2.1).
const HTTP: u16 = 80;

/// Hosts, with their ports, to which plain HTTP is allowed.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrustedHosts(Vec<String>);

impl TrustedHosts {
    pub(crate) fn add(&mut self, host: String) {
        self.0.push(host);
    }

    /// Whether each is a host with or without a port, and nothing else.
    pub(crate) fn are_valid(&self) -> bool {
        self.0.iter().all(|host| parts(host).is_some())
    }

    fn name(&self, authority: &Authority) -> bool {
        let named = (authority.host().to_ascii_lowercase(), authority.port_u16().unwrap_or(HTTP));
        self.0.iter().any(|host| parts(host).as_ref() == Some(&named))
    }
}

/// The host in small letters, and the port.
fn parts(host: &str) -> Option<(String, u16)> {
    let authority: Authority = host.parse().ok()?;
    // A port that is no number would be taken for none.
    let has_port = authority.port().is_some() || authority.host().len() == host.len();
    let is_host = !authority.host().is_empty() && !host.contains('@') && has_port;
    is_host.then(|| (authority.host().to_ascii_lowercase(), authority.port_u16().unwrap_or(HTTP)))
}

/// Why a URL may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    Tls,
    Loopback,
    Trusted,
}

/// A URL that may be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SafeUrl {
    uri: Uri,
    because: Because,
}

impl SafeUrl {
    /// `None` if it is not an absolute URL, or is neither HTTPS nor plain HTTP to this machine or a trusted host.
    pub(crate) fn parse(text: &str, trusted: &TrustedHosts) -> Option<Self> {
        let mut because = Because::Tls;
        let uri = safe_url::parse_if(text, |authority| {
            because = if trusted.name(authority) { Because::Trusted } else { Because::Loopback };
            because == Because::Trusted || safe_url::is_loopback(authority)
        })?;
        Some(Self { uri, because })
    }

    /// Whether it is plain HTTP.
    pub(crate) fn is_plain(&self) -> bool {
        self.uri.scheme() == Some(&Scheme::HTTP)
    }

    /// Whether a document at this URL may name `target`. A remote server must not make this service fetch from its own
    /// machine.
    pub(crate) fn may_name(&self, target: &Self) -> bool {
        target.because != Because::Loopback || self.because == Because::Loopback
    }

    pub(crate) fn has_query(&self) -> bool {
        self.uri.query().is_some()
    }

    /// The path without a slash at its end; empty for the root.
    pub(crate) fn path(&self) -> &str {
        let path = self.uri.path();
        path.strip_suffix('/').unwrap_or(path)
    }

    /// The URL of another path on the same server.
    pub(crate) fn at(&self, path: &str) -> Option<Uri> {
        let mut parts = self.uri.clone().into_parts();
        parts.path_and_query = Some(path.parse().ok()?);
        Uri::from_parts(parts).ok()
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }
}

#[cfg(test)]
mod tests {
    use super::{SafeUrl, TrustedHosts};

    fn trusting(hosts: &[&str]) -> TrustedHosts {
        TrustedHosts(hosts.iter().map(|&host| host.to_owned()).collect())
    }

    #[test]
    fn plain_http_is_for_exactly_the_trusted_host_and_port() {
        for (host, url, expected) in [
            ("keycloak:8080", "http://keycloak:8080/realms/a", true),
            ("keycloak:8080", "http://KeyCloak:8080/", true),
            ("KEYCLOAK:8080", "http://keycloak:8080/", true),
            ("keycloak", "http://keycloak/", true),
            ("keycloak", "http://keycloak:80/", true),
            ("keycloak:80", "http://keycloak/", true),
            ("[2001:db8::1]:8080", "http://[2001:db8::1]:8080/", true),
            ("keycloak:8080", "https://other/", true),
            ("keycloak:8080", "http://keycloak/", false),
            ("keycloak:8080", "http://keycloak:8081/", false),
            ("keycloak", "http://keycloak:8080/", false),
            ("keycloak:8080", "http://keycloak.evil:8080/", false),
            ("keycloak:8080", "http://a.keycloak:8080/", false),
            ("keycloak:8080", "http://keycloak:8080@evil/", false),
            ("keycloak:8080", "http://evil/keycloak:8080", false),
            ("keycloak:8080", "http://169.254.169.254/", false),
            ("keycloak:8080", "ftp://keycloak:8080/", false),
            ("keycloak:8080", "http://keycloak:8080/#x", false),
        ] {
            assert_eq!(SafeUrl::parse(url, &trusting(&[host])).is_some(), expected, "{host} {url}");
        }
    }

    #[test]
    fn a_trusted_host_is_a_host_and_perhaps_a_port() {
        for host in ["keycloak", "keycloak:8080", "10.0.0.1:80", "[::2]", "[::2]:81"] {
            assert!(trusting(&[host]).are_valid(), "{host}");
        }
        for host in [
            "",
            ":80",
            "http://keycloak",
            "keycloak/",
            "a@keycloak",
            "keycloak:",
            "keycloak:http",
            "a b",
            "keycloak:99999",
        ] {
            assert!(!trusting(&["keycloak", host]).are_valid(), "{host}");
        }
    }

    #[test]
    fn only_a_document_on_this_machine_leads_to_this_machine() {
        let trusted = trusting(&["keycloak:8080"]);
        let url = |text| SafeUrl::parse(text, &trusted);
        let [tls, here, named] = ["https://a.b", "http://127.0.0.1:1", "http://keycloak:8080"].map(url);
        let (Some(tls), Some(here), Some(named)) = (tls, here, named) else { unreachable!() };
        for (from, to, expected) in [
            (&tls, &tls, true),
            (&tls, &named, true),
            (&tls, &here, false),
            (&named, &tls, true),
            (&named, &named, true),
            (&named, &here, false),
            (&here, &tls, true),
            (&here, &named, true),
            (&here, &here, true),
        ] {
            assert_eq!(from.may_name(to), expected, "{from:?} {to:?}");
        }
    }
}
