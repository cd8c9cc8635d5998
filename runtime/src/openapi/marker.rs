//! An operation's extension with its requirement, while its document is made. Finishing removes it.

use serde::{Deserialize, Serialize};
#[cfg(any(feature = "utoipa", feature = "aide"))]
use serde_json::Map;
use serde_json::Value;

#[cfg(feature = "utoipa")]
use super::requirement::requirement;
use super::{definition::definition, needs::Needs, requirement::Requirement};
use crate::scheme::SchemeInfo;
#[cfg(feature = "utoipa")]
use crate::tree::node::Node;

/// The name of the extension.
pub(crate) const MARKER: &str = "x-axum-scopes";

/// A scheme, and its Security Scheme Object.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Marked {
    pub(crate) name: String,
    pub(crate) definition: Value,
}

/// The content of the extension.
#[cfg(any(feature = "utoipa", feature = "aide"))]
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Marker {
    pub(crate) needs: Needs<Marked>,
    /// Whether its handler is known. Otherwise only a guard is, and the handler may require more.
    pub(crate) handler: bool,
    /// Why everybody may call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) public: Option<String>,
    /// The refusals of optional credentials, by status.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) refusals: Map<String, Value>,
}

#[cfg(any(feature = "utoipa", feature = "aide"))]
impl Marker {
    /// The marker of a handler with this tree.
    #[cfg(feature = "utoipa")]
    pub(crate) fn new(tree: &'static Node) -> Self {
        let public = tree.public.map(str::to_owned);
        Self { needs: marked(&requirement(tree)), handler: true, public, ..Self::default() }
    }

    /// `None` if the extension has another content.
    pub(crate) fn read(extension: &Value) -> Option<Self> {
        Self::deserialize(extension).ok()
    }

    pub(crate) fn write(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The marker of an operation behind a guard. `None` if neither requires anything.
    pub(crate) fn behind(guard: &Requirement, marker: Option<&Value>) -> Option<Self> {
        let guard = marked(guard);
        if marker.is_none() && guard.asks_nothing() {
            return None;
        }
        let mut marker = marker.map_or_else(|| Some(Self::default()), Self::read)?;
        // Whom the guard asks is not everybody.
        if !guard.settled().lets_everybody_in() {
            marker.public = None;
        }
        marker.needs.behind(guard);
        Some(marker)
    }
}

/// The requirement with the Security Scheme Objects of its schemes.
pub(crate) fn marked(requirement: &Requirement) -> Needs<Marked> {
    requirement.needs.map(|scheme| of_scheme(scheme))
}

/// A scheme with its Security Scheme Object.
pub(crate) fn of_scheme(scheme: &SchemeInfo) -> Marked {
    Marked { name: scheme.name().to_owned(), definition: definition(scheme) }
}
