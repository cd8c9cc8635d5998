//! Finishing an operation: takes its marker and its `security`, yields its final `security`, and apart from it what the
//! library enforces.

#[cfg(any(feature = "utoipa", feature = "aide"))]
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{alternatives::Alternatives, marker::Marked, needs::Needs};
#[cfg(any(feature = "utoipa", feature = "aide"))]
use super::{alternatives::Requirements, marker::Marker};

/// The extension of a finished operation with what this library enforces, in the form of `security`. Without it, the library
/// enforces nothing, whatever the `security` says.
pub(crate) const ENFORCED: &str = "x-enforced-security";

/// The extension of an operation that everybody may call, with the reason.
pub(crate) const PUBLIC: &str = "x-public";

/// The extension of an operation about whose callers something else decides, with its name.
pub(crate) const ELSEWHERE: &str = "x-elsewhere";

/// The members of an operation that tell who may call it.
#[cfg(any(feature = "utoipa", feature = "aide"))]
#[derive(Default)]
pub(crate) struct Security {
    /// Its `security`. Without one, the document's applies.
    pub(crate) security: Option<Requirements>,
    /// Its extension [`ENFORCED`].
    pub(crate) enforced: Option<Value>,
}

/// The Security Scheme Objects of a document, by name.
#[derive(Default)]
pub(crate) struct Schemes(pub(crate) Map<String, Value>);

impl Schemes {
    /// Finishes an operation with `marker`. An operation without a `security` has that of the `document`.
    #[cfg(any(feature = "utoipa", feature = "aide"))]
    pub(crate) fn finish(&mut self, marker: &Marker, before: Security, document: &Requirements) -> Security {
        let marked = self.named(&marker.needs).spelt_out();
        if marked.asks_nothing() {
            // Without a `security` of its own, the operation would inherit the document's. A public one says so in any case.
            let is_said = marker.public.is_some() || !document.is_empty();
            let security = before.security.or_else(|| is_said.then(Vec::new));
            return Security { security, ..before };
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
        Security { security: Some(security.into()), enforced }
    }

    /// The alternatives, with the names of the schemes in the document.
    #[cfg(any(feature = "utoipa", feature = "aide", test))]
    pub(crate) fn named(&mut self, needs: &Needs<Marked>) -> Alternatives<String> {
        self.shown(needs, |_, name| name)
    }

    /// The same, with names as `show` shows them.
    pub(crate) fn shown(
        &mut self,
        needs: &Needs<Marked>,
        show: impl Fn(&Marked, String) -> String,
    ) -> Alternatives<String> {
        let mut named = needs.map(|scheme| show(scheme, self.name(scheme))).settled();
        named.0.iter_mut().for_each(|together| together.sort_by(|a, b| a.scheme.cmp(&b.scheme)));
        named
    }

    /// The name of a scheme in the document: the first that no other scheme has.
    fn name(&mut self, scheme: &Marked) -> String {
        for name in names(&scheme.name) {
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

/// The names that a scheme may have in a document: its own, or else one with a number.
pub(super) fn names(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned()).chain((2..).map(move |n| format!("{name}_{n}")))
}
