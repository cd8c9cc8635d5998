//! Finishing an operation: what it is marked with moves to where OpenAPI has it, and what the library enforces is said apart
//! from what the document may claim.

#[cfg(any(feature = "utoipa", feature = "aide"))]
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{alternatives::Alternatives, marker::Marked, needs::Needs};
#[cfg(any(feature = "utoipa", feature = "aide"))]
use super::{alternatives::Requirements, marker::Marker};

/// The extension of a finished operation that lists what this library enforces, in the shape of `security`. An operation
/// without it is open as far as the library knows, whatever its `security` says.
pub(crate) const ENFORCED: &str = "x-enforced-security";

/// What an operation says of who may call it.
#[cfg(any(feature = "utoipa", feature = "aide"))]
#[derive(Default)]
pub(crate) struct Said {
    /// Its `security`. Without one, that of the document holds.
    pub(crate) security: Option<Requirements>,
    /// Its extension [`ENFORCED`].
    pub(crate) enforced: Option<Value>,
}

/// The Security Scheme Objects of a document, by name.
#[derive(Default)]
pub(crate) struct Schemes(pub(crate) Map<String, Value>);

impl Schemes {
    /// What an operation says that is marked with `marker`. Operations without a `security` have that of the `document`.
    #[cfg(any(feature = "utoipa", feature = "aide"))]
    pub(crate) fn finish(&mut self, marker: &Marker, before: Said, document: &Requirements) -> Said {
        let marked = self.named(&marker.needs);
        if marked.asks_nothing() {
            // Said of this operation alone: else it would seem to ask for what the document does.
            let security = before.security.or_else(|| (!document.is_empty()).then(Vec::new));
            return Said { security, ..before };
        }
        let enforced = match before.enforced.and_then(|list| Requirements::deserialize(list).ok()) {
            Some(inner) => marked.and(&inner.into()).reduced(),
            None => marked.clone(),
        };
        let claimed = before.security.or_else(|| (!marker.handler).then(|| document.clone()));
        let security = match claimed {
            Some(claimed) => Alternatives::from(claimed).and(&marked),
            None => marked,
        };
        let enforced = serde_json::to_value(Requirements::from(enforced)).ok();
        Said { security: Some(security.into()), enforced }
    }

    /// What is needed, by the names that the schemes have in the document.
    pub(crate) fn named(&mut self, needs: &Needs<Marked>) -> Alternatives<String> {
        let mut named = needs.map(|scheme| self.name(scheme)).together(false).settled().reduced();
        named.0.iter_mut().for_each(|together| together.sort_by(|a, b| a.scheme.cmp(&b.scheme)));
        named
    }

    /// The name of a scheme in the document: its own, unless that means another scheme already.
    fn name(&mut self, scheme: &Marked) -> String {
        let candidates = (2..).map(|n| format!("{}_{n}", scheme.name));
        for name in std::iter::once(scheme.name.clone()).chain(candidates) {
            let known = self.0.entry(&name).or_insert_with(|| scheme.definition.clone());
            if *known == scheme.definition {
                return name;
            }
            tracing::error!(
                scheme = scheme.name,
                "two security schemes have this name; give one of them another `NAME`"
            );
        }
        scheme.name.clone()
    }
}
