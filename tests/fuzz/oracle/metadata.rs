//! The rules for what an issuer publishes: from its documents to the keys, the endpoints and the URLs that are asked for
//! (OpenID Connect Discovery 1.0 §4, RFC 8414 §3, RFC 7517 §5).

use url::{Host, Url};

use super::{
    json::{self, Value},
    keys::{self, IssuerKey},
};

/// How an issuer is configured.
#[derive(Clone, Copy, Debug)]
pub struct Configured {
    pub issuer: &'static str,
    pub place: Place,
    /// The host to which plain HTTP is allowed.
    pub trusted: Option<(&'static str, u16)>,
    pub algorithms: &'static [&'static str],
}

#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// The URLs of the two documents.
    WellKnown([&'static str; 2]),
    Metadata(&'static str),
    Keys(&'static str),
}

/// Why a refresh fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Status,
    Metadata,
    Mismatch,
    KeysUrl,
    KeySet,
    TooManyKeys,
    NoUsableKey,
}

/// Whether a URL may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    Safe,
    Unsafe,
    /// It is odd, and both are fine.
    Unclear,
}

/// What is expected of a refresh.
#[derive(Debug)]
pub struct Expected {
    /// The documents that are asked for, in order.
    pub fetched: Vec<String>,
    pub result: Result<Vec<IssuerKey>, Failure>,
    pub endpoints: Endpoints,
}

/// The two endpoints of a document.
#[derive(Debug, PartialEq)]
pub enum Endpoints {
    None,
    Both([String; 2]),
    /// Either of the two above.
    Perhaps([String; 2]),
}

struct Found {
    keys: String,
    endpoints: Endpoints,
}

impl Configured {
    /// `document` answers for each URL. `accepted` says what became of a URL that is neither safe nor unsafe.
    pub fn expected(&self, document: impl Fn(&str) -> Option<String>, accepts: impl Fn(&str) -> bool) -> Expected {
        let mut fetched = Vec::new();
        let mut get = |url: &str| {
            fetched.push(url.to_owned());
            document(url).ok_or(Failure::Status)
        };
        let found = match self.place {
            Place::Keys(url) => Ok(Found { keys: url.to_owned(), endpoints: Endpoints::None }),
            Place::Metadata(url) => get(url).and_then(|text| self.metadata(url, &text, &accepts)),
            Place::WellKnown([openid, oauth]) => {
                let first = get(openid).and_then(|text| self.metadata(openid, &text, &accepts));
                match first {
                    Err(failure @ (Failure::Status | Failure::Metadata)) => get(oauth)
                        .and_then(|text| self.metadata(oauth, &text, &accepts))
                        .map_err(|second| if second == Failure::Status { failure } else { second }),
                    other => other,
                }
            }
        };
        let mut endpoints = Endpoints::None;
        let result = found.and_then(|found| {
            let set = get(&found.keys)?;
            let keys = keys::of_issuer(self.issuer, self.algorithms, without_mark(&set))?;
            endpoints = found.endpoints;
            if keys.is_empty() { Err(Failure::NoUsableKey) } else { Ok(keys) }
        });
        Expected { fetched, result, endpoints }
    }

    fn metadata(&self, at: &str, text: &str, accepts: &impl Fn(&str) -> bool) -> Result<Found, Failure> {
        let document = json::object(without_mark(text).as_bytes()).ok_or(Failure::Metadata)?;
        let text = |name: &str| document.member(name).and_then(Value::text).ok_or(Failure::Metadata);
        let perhaps = |name: &str| match document.member(name) {
            None | Some(Value::Other) => Ok(None),
            Some(value) => value.text().map(Some).ok_or(Failure::Metadata),
        };
        let (issuer, keys) = (text("issuer")?, text("jwks_uri")?);
        let endpoints = [perhaps("authorization_endpoint")?, perhaps("token_endpoint")?];
        if issuer != self.issuer {
            return Err(Failure::Mismatch);
        }
        let is_fetched = match self.safety(at, keys) {
            Safety::Safe => true,
            Safety::Unsafe => false,
            Safety::Unclear => accepts(keys),
        };
        if !is_fetched {
            return Err(Failure::KeysUrl);
        }
        let endpoints = match endpoints {
            [Some(authorization), Some(token)] => {
                let both = [authorization, token];
                let safety = both.map(|url| self.safety(at, url));
                let both = both.map(str::to_owned);
                match safety {
                    [Safety::Unsafe, _] | [_, Safety::Unsafe] => Endpoints::None,
                    // Those of trusted hosts are fetched from here, but a browser may be elsewhere.
                    [Safety::Safe, Safety::Safe] if both.iter().all(|url| url.starts_with("https:")) => {
                        Endpoints::Both(both)
                    }
                    _ => Endpoints::Perhaps(both),
                }
            }
            _ => Endpoints::None,
        };
        Ok(Found { keys: keys.to_owned(), endpoints })
    }

    /// Whether a document at one URL may name another one.
    fn safety(&self, at: &str, target: &str) -> Safety {
        let url = match Url::parse(target) {
            Ok(url) => url,
            // Nothing answers at such a host, or it has a certificate.
            Err(
                url::ParseError::IdnaError
                | url::ParseError::InvalidDomainCharacter
                | url::ParseError::InvalidIpv4Address
                | url::ParseError::InvalidIpv6Address,
            ) if target.to_ascii_lowercase().starts_with("https://") => return Safety::Unclear,
            Err(_) => return Safety::Unsafe,
        };
        let host = url.host();
        let is_named = !url.username().is_empty() || url.password().is_some() || target.contains('#');
        if is_named || host.is_none() || !["http", "https"].contains(&url.scheme()) {
            return Safety::Unsafe;
        }
        if url.scheme() == "http" {
            let is_trusted = self
                .trusted
                .is_some_and(|(host, port)| url.host_str() == Some(host) && url.port_or_known_default() == Some(port));
            let is_here = |url: &Url| url.scheme() == "http" && is_loopback(url.host());
            let from_here = Url::parse(at).is_ok_and(|at| is_here(&at));
            if !is_trusted && !(is_here(&url) && from_here) {
                return Safety::Unsafe;
            }
        }
        if is_plain(target) { Safety::Safe } else { Safety::Unclear }
    }
}

fn is_loopback(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether no two readers of URLs disagree about it.
fn is_plain(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "1"));
    let is_of = |text: &str, more: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte));
    let is_name = host.split('.').all(|label| label.starts_with(|first: char| first.is_ascii_lowercase()));
    let is_port = !port.starts_with('0') && port.parse::<u16>().is_ok();
    ["http", "https"].contains(&scheme) && is_of(host, b".") && is_name && is_port && is_of(path, b"/._~-")
}

/// RFC 8259 §8.1.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
