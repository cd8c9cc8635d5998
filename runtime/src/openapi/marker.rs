//! How an operation carries what it requires while its document is made: as an extension, which finishing takes out.

use serde::{Deserialize, Serialize};
#[cfg(any(feature = "utoipa", feature = "aide"))]
use serde_json::Map;
use serde_json::Value;

use super::{definition::definition, needs::Needs, requirement::Requirement};
use crate::scheme::SchemeInfo;

/// The extension of an operation whose document is not finished yet.
pub(crate) const MARKER: &str = "x-axum-scopes";

/// A scheme, and what the document will say of it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Marked {
    pub(crate) name: String,
    pub(crate) definition: Value,
}

/// What an operation is marked with.
#[cfg(any(feature = "utoipa", feature = "aide"))]
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Marker {
    pub(crate) needs: Needs<Marked>,
    /// Whether its handler is known: otherwise it is only behind a guard, and may ask for more by itself.
    pub(crate) handler: bool,
    /// The answers to credentials that may be missing, by status.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) refusals: Map<String, Value>,
}

#[cfg(any(feature = "utoipa", feature = "aide"))]
impl Marker {
    /// That of a handler.
    #[cfg(feature = "utoipa")]
    pub(crate) fn new(requirement: &Requirement) -> Self {
        Self { needs: marked(requirement), handler: true, ..Self::default() }
    }

    /// `None` where the extension has another shape.
    pub(crate) fn read(extension: &Value) -> Option<Self> {
        Self::deserialize(extension).ok()
    }

    pub(crate) fn write(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// That of the same operation behind a guard. `None` where there is nothing to say.
    pub(crate) fn behind(guard: &Requirement, marker: Option<&Value>) -> Option<Self> {
        let guard = marked(guard).together(false);
        if marker.is_none() && guard.asks_nothing() {
            return None;
        }
        let mut marker = marker.map_or_else(|| Some(Self::default()), Self::read)?;
        marker.needs.behind(guard);
        Some(marker)
    }
}

/// What is required, of schemes that outlive the tree.
pub(crate) fn marked(requirement: &Requirement) -> Needs<Marked> {
    let marked = |scheme: &&SchemeInfo| Marked { name: scheme.name().to_owned(), definition: definition(scheme) };
    requirement.needs.map(marked)
}
