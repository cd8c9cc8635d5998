//! From a service and its document to their differences. Each operation is called without a credential, with the credentials
//! of each of its alternatives, and with one scope or one credential less.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Router, body::Body, extract::Request};
use serde_json::Value;

use crate::App;

/// The result of a check.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The places where the service does not do what the document says.
    pub lies: Vec<String>,
    /// The alternatives that were not tried, because they require more than bearer tokens and API keys.
    pub skipped: Vec<String>,
    /// The number of requests.
    pub requests: usize,
}

/// The names of schemes with their scopes, which are enough together.
type Alternative = BTreeMap<String, Vec<String>>;

/// The place of a credential in a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    Bearer,
    Header(String),
    Query(String),
    Cookie(String),
}

impl Carrier {
    fn name(&self) -> &str {
        match self {
            Self::Bearer => "authorization",
            Self::Header(name) | Self::Query(name) | Self::Cookie(name) => name,
        }
    }
}

/// The credentials of a request, each with the scopes that it grants.
type Presented = BTreeMap<Carrier, BTreeSet<String>>;

/// Calls every operation of `document`. `token` makes a valid token or key that grants the given scopes and no others.
///
/// Path parameters are `1`, and bodies are empty. A request counts as accepted unless its status is 401, 403, 405 or 5xx.
pub async fn check(router: &Router, document: &Value, token: impl Fn(&[&str]) -> String) -> Report {
    check_each(router, document, |_, scopes| token(scopes)).await
}

/// The same for a service whose schemes have credentials of different kinds: `token` also gets the name of the header, of the query
/// parameter or of the cookie. For bearer tokens, this is `authorization`.
pub async fn check_each(router: &Router, document: &Value, token: impl Fn(&str, &[&str]) -> String) -> Report {
    let (app, mut report) = (App::new(router.clone()), Report::default());
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations(item) {
            let place = format!("{method} {path}");
            let mut walk = Walk { app: &app, document, place, report: &mut report };
            walk.operation(operation, &token).await;
        }
    }
    report
}

fn operations(item: &Value) -> impl Iterator<Item = (String, &Value)> {
    const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let usual = METHODS.iter().filter_map(|method| Some((method.to_uppercase(), item.get(method)?)));
    let more = item.get("additionalOperations").and_then(Value::as_object).into_iter().flatten();
    usual.chain(more.map(|(method, operation)| (method.clone(), operation)))
}

/// One operation.
struct Walk<'a> {
    app: &'a App,
    document: &'a Value,
    /// Its method and path.
    place: String,
    report: &'a mut Report,
}

impl Walk<'_> {
    async fn operation(&mut self, operation: &Value, token: &impl Fn(&str, &[&str]) -> String) {
        let security = operation.get("security").or_else(|| self.document.get("security"));
        let Ok(alternatives) = security.map_or(Ok(Vec::new()), alternatives) else {
            return self.lie("its `security` is not a list of requirements");
        };
        let public = alternatives.is_empty() || alternatives.iter().any(Alternative::is_empty);
        let status = self.send(&Presented::new(), token).await;
        if public && !lets_in(status) {
            return self.lie(&format!("it is public, and without a credential answers {status}"));
        }
        self.expect(public || status == 401, &format!("it is not public, and without a credential answers {status}"));
        for alternative in alternatives.iter().filter(|alternative| !alternative.is_empty()) {
            self.alternative(alternative, &alternatives, token).await;
        }
    }

    /// Checks one of the alternatives, of which each is enough.
    async fn alternative(&mut self, this: &Alternative, all: &[Alternative], token: &impl Fn(&str, &[&str]) -> String) {
        let schemes = &self.document["components"]["securitySchemes"];
        if let Some(unknown) = this.keys().find(|name| schemes.get(name.as_str()).is_none()) {
            return self.lie(&format!("scheme `{unknown}` is not defined"));
        }
        let Some(presented) = presented(schemes, this) else {
            return self.report.skipped.push(format!("{}: {}", self.place, names(this)));
        };
        let status = self.send(&presented, token).await;
        self.expect(lets_in(status), &format!("with all of {} it answers {status}", names(this)));
        let others: Vec<_> = all.iter().filter_map(|other| self::presented(schemes, other)).collect();
        for (left_out, less) in less(&presented) {
            // An empty alternative is enough for everybody.
            if others.iter().any(|other| covers(&less, other)) {
                continue;
            }
            let status = self.send(&less, token).await;
            self.expect(matches!(status, 401 | 403), &format!("without {left_out} it answers {status}"));
        }
    }

    async fn send(&mut self, presented: &Presented, token: &impl Fn(&str, &[&str]) -> String) -> u16 {
        let (method, path) = self.place.split_once(' ').unwrap_or_default();
        let mut uri = filled(path);
        let mut request = Request::builder().method(method);
        for (carrier, scopes) in presented {
            let token = token(carrier.name(), &scopes.iter().map(String::as_str).collect::<Vec<_>>());
            match carrier {
                Carrier::Bearer => request = request.header("authorization", format!("Bearer {token}")),
                Carrier::Header(name) => request = request.header(name, token),
                Carrier::Cookie(name) => request = request.header("cookie", format!("{name}={token}")),
                Carrier::Query(name) => {
                    uri.push_str(&format!("{}{name}={token}", if uri.contains('?') { "&" } else { "?" }))
                }
            }
        }
        self.report.requests += 1;
        match request.uri(uri).body(Body::empty()) {
            Ok(request) => self.app.send(request).await.status(),
            // No request can have this path or method, so the operation counts as missing.
            Err(_) => 405,
        }
    }

    fn expect(&mut self, holds: bool, otherwise: &str) {
        if !holds {
            self.lie(otherwise);
        }
    }

    fn lie(&mut self, what: &str) {
        self.report.lies.push(format!("{}: {what}", self.place));
    }
}

fn alternatives(security: &Value) -> Result<Vec<Alternative>, serde_json::Error> {
    serde_json::from_value(security.clone())
}

fn lets_in(status: u16) -> bool {
    !matches!(status, 401 | 403 | 405 | 500..)
}

/// The credentials of an alternative. Schemes that are read in one place share a credential, which grants the scopes of all.
fn presented(schemes: &Value, alternative: &Alternative) -> Option<Presented> {
    let mut presented = Presented::new();
    for (name, scopes) in alternative {
        presented.entry(carrier(&schemes[name])?).or_default().extend(scopes.iter().cloned());
    }
    Some(presented)
}

fn carrier(scheme: &Value) -> Option<Carrier> {
    let name = || scheme["name"].as_str().unwrap_or_default().to_owned();
    match (scheme["type"].as_str()?, scheme["scheme"].as_str(), scheme["in"].as_str()) {
        ("oauth2" | "openIdConnect", ..) => Some(Carrier::Bearer),
        ("http", Some(scheme), _) if scheme.eq_ignore_ascii_case("bearer") => Some(Carrier::Bearer),
        ("apiKey", _, Some("header")) => Some(Carrier::Header(name())),
        ("apiKey", _, Some("query")) => Some(Carrier::Query(name())),
        ("apiKey", _, Some("cookie")) => Some(Carrier::Cookie(name())),
        _ => None,
    }
}

/// All credentials with one scope or one credential less, each with the part that is left out. A request without any
/// credential was tried before.
fn less(presented: &Presented) -> Vec<(String, Presented)> {
    let mut all = Vec::new();
    for (carrier, scopes) in presented {
        for scope in scopes {
            let mut less = presented.clone();
            less.entry(carrier.clone()).or_default().remove(scope);
            all.push((format!("{scope:?}"), less));
        }
        if presented.len() > 1 {
            let mut less = presented.clone();
            less.remove(carrier);
            all.push((format!("{carrier:?}"), less));
        }
    }
    all
}

fn covers(more: &Presented, less: &Presented) -> bool {
    less.iter().all(|(carrier, scopes)| more.get(carrier).is_some_and(|granted| scopes.is_subset(granted)))
}

/// The alternative as an access table writes it.
fn names(alternative: &Alternative) -> String {
    let one = |(name, scopes): (&String, &Vec<String>)| match scopes.as_slice() {
        [] => name.clone(),
        scopes => format!("{name} [{}]", scopes.join(" ")),
    };
    alternative.iter().map(one).collect::<Vec<_>>().join(" and ")
}

/// `/users/{id}` as `/users/1`.
fn filled(path: &str) -> String {
    let mut filled = String::new();
    for (i, part) in path.split('{').enumerate() {
        let after = if i == 0 { Some(part) } else { part.split_once('}').map(|(_, after)| after) };
        filled.push_str(if i == 0 { "" } else { "1" });
        filled.push_str(after.unwrap_or_default());
    }
    if filled.is_empty() { "/".to_owned() } else { filled }
}
