//! Any OpenAPI document, read as JSON.

use std::{error::Error, fmt};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{MARKER, marker::Alternative};

/// Why something is no document that can be shown.
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
    NoRequirements,
    Unfinished,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Reason::Serialize(_) => "the document cannot be serialised as JSON",
            Reason::NotAnObject => "the document is not a JSON object",
            Reason::NoRequirements => "the document has a `security` that is not a list of requirements",
            Reason::Unfinished => {
                "the scopes are not in the document yet; finish it with `split_secured`, the modifier `SecuritySchemes` \
                 or the transformation `security_schemes`"
            }
        })
    }
}

impl Error for DocumentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Reason::Serialize(error) => Some(error),
            Reason::NotAnObject | Reason::NoRequirements | Reason::Unfinished => None,
        }
    }
}

/// As it was serialised, and as values.
pub(crate) fn read<T: Serialize + ?Sized>(document: &T) -> Result<(Vec<u8>, Map<String, Value>), DocumentError> {
    let not_json = |error| DocumentError(Reason::Serialize(error));
    let json = serde_json::to_vec(document).map_err(not_json)?;
    let Value::Object(document) = serde_json::from_slice(&json).map_err(not_json)? else {
        return Err(DocumentError(Reason::NotAnObject));
    };
    if document.values().any(is_marked) {
        return Err(DocumentError(Reason::Unfinished));
    }
    Ok((json, document))
}

/// Whether something in it, however deep, has the extension: callbacks and webhooks have operations, too.
fn is_marked(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key(MARKER) || members.values().any(is_marked),
        Value::Array(elements) => elements.iter().any(is_marked),
        _ => false,
    }
}

/// What an operation requires, of which any is enough; none of nothing.
pub(crate) fn security(
    document: &Map<String, Value>,
    operation: &Map<String, Value>,
) -> Result<Vec<Alternative>, DocumentError> {
    let security = operation.get("security").or_else(|| document.get("security"));
    security
        .map_or_else(|| Ok(Vec::new()), Deserialize::deserialize)
        .map_err(|_: serde_json::Error| DocumentError(Reason::NoRequirements))
}

/// Path, method and operation, in the order of the document.
pub(crate) fn operations(document: &Map<String, Value>) -> impl Iterator<Item = (&str, &str, &Map<String, Value>)> {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten();
        members.filter_map(move |(name, operation)| {
            let method = METHODS.iter().find(|method| *method == name)?;
            Some((path.as_str(), *method, operation.as_object()?))
        })
    })
}

/// The members of a Path Item Object that are operations, in the order in which they are shown.
pub(crate) const METHODS: [&str; 9] = ["get", "head", "options", "query", "post", "put", "patch", "delete", "trace"];
