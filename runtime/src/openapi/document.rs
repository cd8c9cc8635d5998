//! Reads any OpenAPI document: takes a value that serialises, yields its operations.

use std::{error::Error, fmt};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    alternatives::{Alternatives, Requirements},
    finishing::{ELSEWHERE, ENFORCED, PUBLIC},
    marker::MARKER,
};

/// Why a document cannot be read, or the endpoints of its scheme not set.
///
/// ```
/// use axum_scopes::AccessTable;
///
/// let error = AccessTable::of_document(&["no", "object"]).unwrap_err();
/// assert_eq!(error.to_string(), "the document is not a JSON object");
/// ```
#[derive(Debug)]
pub struct DocumentError(Reason);

#[derive(Debug)]
enum Reason {
    Serialize(serde_json::Error),
    NotAnObject,
    NoOperations,
    NoRequirements,
    Unfinished,
    #[cfg_attr(not(any(feature = "utoipa", feature = "aide")), allow(dead_code, reason = "without documents of them"))]
    NoScheme,
}

#[cfg(any(feature = "utoipa", feature = "aide"))]
impl DocumentError {
    pub(crate) fn no_scheme() -> Self {
        Self(Reason::NoScheme)
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Reason::Serialize(_) => "the document cannot be serialised as JSON",
            Reason::NotAnObject => "the document is not a JSON object",
            Reason::NoOperations => "the document has a path whose operations cannot be read",
            Reason::NoRequirements => "the document has a `security` that is not a list of requirements",
            Reason::Unfinished => {
                "the scopes are not in the document yet; finish it with `split_secured`, the modifier `SecuritySchemes` \
                 or the transformation `security_schemes`"
            }
            Reason::NoScheme => "the document has no security scheme with these constant URLs",
        })
    }
}

impl Error for DocumentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Reason::Serialize(error) => Some(error),
            Reason::NotAnObject
            | Reason::NoOperations
            | Reason::NoRequirements
            | Reason::Unfinished
            | Reason::NoScheme => None,
        }
    }
}

/// The JSON of a document, and its members.
#[cfg(feature = "swagger-ui")]
pub(crate) fn text<T: Serialize + ?Sized>(document: &T) -> Result<(Vec<u8>, Map<String, Value>), DocumentError> {
    let not_json = |error| DocumentError(Reason::Serialize(error));
    let json = serde_json::to_vec(document).map_err(not_json)?;
    let document = finished(serde_json::from_slice(&json).map_err(not_json)?)?;
    Ok((json, document))
}

/// The members of a document.
pub(crate) fn values<T: Serialize + ?Sized>(document: &T) -> Result<Map<String, Value>, DocumentError> {
    finished(serde_json::to_value(document).map_err(|error| DocumentError(Reason::Serialize(error)))?)
}

fn finished(document: Value) -> Result<Map<String, Value>, DocumentError> {
    match document {
        Value::Object(document) if document.values().any(is_marked) => Err(DocumentError(Reason::Unfinished)),
        Value::Object(document) => Ok(document),
        _ => Err(DocumentError(Reason::NotAnObject)),
    }
}

/// Whether a value has the extension at any depth. Callbacks and webhooks have operations, too.
fn is_marked(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key(MARKER) || members.values().any(is_marked),
        Value::Array(elements) => elements.iter().any(is_marked),
        _ => false,
    }
}

/// The `security` of an operation, or else that of the document.
pub(crate) fn security(
    document: &Map<String, Value>,
    operation: &Map<String, Value>,
) -> Result<Alternatives<String>, DocumentError> {
    requirements(operation.get("security").or_else(|| document.get("security")))
}

/// What this library enforces for an operation.
pub(crate) fn enforced(operation: &Map<String, Value>) -> Result<Alternatives<String>, DocumentError> {
    requirements(operation.get(ENFORCED))
}

/// Why everybody may call an operation, if it says so.
pub(crate) fn public(operation: &Map<String, Value>) -> Option<&str> {
    operation.get(PUBLIC).and_then(Value::as_str)
}

/// What else decides who may call an operation, if it says so.
pub(crate) fn elsewhere(operation: &Map<String, Value>) -> Option<&str> {
    operation.get(ELSEWHERE).and_then(Value::as_str)
}

/// The Security Scheme Object of this name; `null` without one.
pub(crate) fn scheme<'a>(document: &'a Map<String, Value>, name: &str) -> &'a Value {
    let schemes = document.get("components").and_then(|components| components.get("securitySchemes"));
    schemes.and_then(|schemes| schemes.get(name)).unwrap_or(&Value::Null)
}

fn requirements(list: Option<&Value>) -> Result<Alternatives<String>, DocumentError> {
    let list = list.map_or_else(|| Ok(Requirements::new()), Requirements::deserialize);
    list.map(Alternatives::from).map_err(|_| DocumentError(Reason::NoRequirements))
}

/// Path, method and operation.
pub(crate) type Operation<'a> = (&'a str, &'a str, &'a Map<String, Value>);

/// All operations. An unreadable one is an error, so that none is left out.
pub(crate) fn operations(document: &Map<String, Value>) -> Result<Vec<Operation<'_>>, DocumentError> {
    let mut operations: Vec<Operation<'_>> = Vec::new();
    // Names with `x-` are extensions (OpenAPI 3.1 §4.8.8).
    let paths = document.get("paths").map(object).transpose()?.into_iter().flatten();
    for (path, item) in paths.filter(|(path, _)| !path.starts_with("x-")) {
        let item = object(item)?;
        if item.contains_key("$ref") {
            return Err(DocumentError(Reason::NoOperations));
        }
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                operations.push((path, method, object(operation)?));
            }
        }
        // Methods without a member of their own (OpenAPI 3.2).
        for (method, operation) in item.get("additionalOperations").map(object).transpose()?.into_iter().flatten() {
            operations.push((path, method, object(operation)?));
        }
    }
    Ok(operations)
}

fn object(value: &Value) -> Result<&Map<String, Value>, DocumentError> {
    value.as_object().ok_or(DocumentError(Reason::NoOperations))
}

/// The members of a Path Item Object that are operations, in the order in which they are shown.
pub(crate) const METHODS: [&str; 9] = ["get", "head", "options", "query", "post", "put", "patch", "delete", "trace"];
