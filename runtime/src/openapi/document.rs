//! Any OpenAPI document, read as JSON.

use std::{error::Error, fmt};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{MARKER, marker::Alternative};

/// Why something is no OpenAPI document that can be shown.
///
/// ```
/// use axum_scopes::AccessTable;
///
/// let error = AccessTable::of_document(&"not a document").unwrap_err();
/// assert_eq!(error.to_string(), "not an OpenAPI document: it has no `paths`");
/// ```
#[derive(Debug)]
pub struct DocumentError(Kind);

#[derive(Debug)]
enum Kind {
    Serialize(serde_json::Error),
    NoPaths,
    Security,
    Unfinished,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Serialize(_) => "the document cannot be written as JSON",
            Kind::NoPaths => "not an OpenAPI document: it has no `paths`",
            Kind::Security => "the `security` of an operation is not a list of requirements",
            Kind::Unfinished => {
                "the scopes are not in the document yet; finish it with `split_secured`, the modifier `SecuritySchemes` \
                 or the transformation `security_schemes`"
            }
        })
    }
}

impl Error for DocumentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Kind::Serialize(error) => Some(error),
            Kind::NoPaths | Kind::Security | Kind::Unfinished => None,
        }
    }
}

/// The document as JSON, if it is finished.
pub(crate) fn read(document: &impl Serialize) -> Result<Map<String, Value>, DocumentError> {
    let Value::Object(document) =
        serde_json::to_value(document).map_err(|error| DocumentError(Kind::Serialize(error)))?
    else {
        return Err(DocumentError(Kind::NoPaths));
    };
    if !document.get("paths").is_some_and(Value::is_object) {
        return Err(DocumentError(Kind::NoPaths));
    }
    if operations(&document).any(|(_, _, operation)| operation.contains_key(MARKER)) {
        return Err(DocumentError(Kind::Unfinished));
    }
    Ok(document)
}

/// What an operation requires, of which any is enough; none of nothing.
pub(crate) fn security(
    document: &Map<String, Value>,
    operation: &Map<String, Value>,
) -> Result<Vec<Alternative>, DocumentError> {
    let security = operation.get("security").or_else(|| document.get("security"));
    security
        .map_or_else(|| Ok(Vec::new()), Deserialize::deserialize)
        .map_err(|_: serde_json::Error| DocumentError(Kind::Security))
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
