//! A service and its document come in, the differences go out: each operation is called without a credential, with a
//! token that lacks one scope, and with a token that has exactly what the document asks for.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Router, body::Body, extract::Request};
use serde_json::Value;
use tower::ServiceExt;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
#[allow(dead_code, reason = "not every test looks at all of it")]
pub(crate) struct Report {
    /// Where the service does not do what the document says.
    pub(crate) lies: Vec<String>,
    /// What was not tried, because it asks for more than a bearer token.
    pub(crate) skipped: Vec<String>,
    /// How many requests were sent.
    pub(crate) requests: usize,
}

/// Names of schemes, each with scopes: together they are enough.
type Alternative = BTreeMap<String, Vec<String>>;

/// Calls every operation of `document`. `token` makes a good token that grants the given scopes and no other.
///
/// Path parameters are `1`, bodies are empty. A status that is neither of 401, 403, 405 nor 5xx counts as let in.
pub(crate) async fn check(router: &Router, document: &Value, token: impl Fn(&[&str]) -> String) -> Report {
    let mut report = Report::default();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations(item) {
            let place = format!("{method} {path}");
            let mut walk = Walk { router, document, place, report: &mut report };
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
    router: &'a Router,
    document: &'a Value,
    /// Its method and path.
    place: String,
    report: &'a mut Report,
}

impl Walk<'_> {
    async fn operation(&mut self, operation: &Value, token: &impl Fn(&[&str]) -> String) {
        let security = operation.get("security").or_else(|| self.document.get("security"));
        let Ok(alternatives) = security.map_or(Ok(Vec::new()), alternatives) else {
            return self.lie("its `security` is not a list of requirements");
        };
        let status = self.send(None).await;
        if alternatives.is_empty() || alternatives.iter().any(Alternative::is_empty) {
            return self.expect(lets_in(status), &format!("it is public, and without a credential answers {status}"));
        }
        self.expect(status == 401, &format!("it is not public, and without a credential answers {status}"));
        for alternative in &alternatives {
            self.alternative(alternative, &alternatives, token).await;
        }
    }

    /// One of the requirements, of which each is enough.
    async fn alternative(&mut self, this: &Alternative, all: &[Alternative], token: &impl Fn(&[&str]) -> String) {
        let schemes = &self.document["components"]["securitySchemes"];
        if let Some(unknown) = this.keys().find(|name| schemes.get(name.as_str()).is_none()) {
            return self.lie(&format!("scheme `{unknown}` is not defined"));
        }
        if !bearer_alone(schemes, this) {
            return self.report.skipped.push(format!("{}: {}", self.place, names(this)));
        }
        let required = scopes(this);
        let status = self.send(Some(&token(&required.iter().copied().collect::<Vec<_>>()))).await;
        self.expect(lets_in(status), &format!("with all of {required:?} it answers {status}"));
        for left_out in &required {
            let granted: BTreeSet<_> = required.iter().copied().filter(|scope| scope != left_out).collect();
            let enough = |other: &Alternative| bearer_alone(schemes, other) && scopes(other).is_subset(&granted);
            if all.iter().any(enough) {
                continue;
            }
            let status = self.send(Some(&token(&granted.iter().copied().collect::<Vec<_>>()))).await;
            self.expect(matches!(status, 401 | 403), &format!("without {left_out:?} it answers {status}"));
        }
    }

    async fn send(&mut self, token: Option<&str>) -> u16 {
        let (method, path) = self.place.split_once(' ').unwrap_or_default();
        let mut request = Request::builder().method(method).uri(filled(path));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.report.requests += 1;
        match request.body(Body::empty()) {
            Ok(request) => self
                .router
                .clone()
                .oneshot(request)
                .await
                .map_or_else(|error| match error {}, |response| response.status().as_u16()),
            // A path or method that no request can have: as if it were not there.
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

/// Whether a token in `Authorization` is all that is asked for.
fn bearer_alone(schemes: &Value, alternative: &Alternative) -> bool {
    let is_bearer = |name: &String| match schemes[name]["type"].as_str() {
        Some("oauth2" | "openIdConnect") => true,
        Some("http") => schemes[name]["scheme"].as_str().is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer")),
        _ => false,
    };
    alternative.keys().all(is_bearer)
}

/// One token is for all schemes that read one.
fn scopes(alternative: &Alternative) -> BTreeSet<&str> {
    alternative.values().flatten().map(String::as_str).collect()
}

fn names(alternative: &Alternative) -> String {
    alternative.keys().map(String::as_str).collect::<Vec<_>>().join(" and ")
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
