//! An operation carries what it requires through the making of a document as an extension. Finishing the document moves
//! that to where OpenAPI has it: requirements to the operation, schemes to the components.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{definition::definition, requirement::Requirement};

/// Schemes and scopes that together are enough (OpenAPI 3.1 §4.8.30).
pub(crate) type Alternative = BTreeMap<String, Vec<String>>;

/// One requirement, with all that the document will say of its scheme.
#[derive(Deserialize, Serialize)]
struct Marked {
    name: String,
    scheme: Value,
    scopes: Vec<String>,
    optional: bool,
}

/// The extension of an operation, with what is required `outer`most before what it is marked with already.
pub(crate) fn marker(outer: &[Requirement], inner: Option<&Value>) -> Value {
    let mut list: Vec<_> = outer.iter().map(marked).collect();
    list.extend(inner.and_then(Value::as_array).into_iter().flatten().cloned());
    list.into()
}

/// Puts what is required `inner`most behind what an operation is marked with already.
#[cfg(feature = "aide")]
pub(crate) fn append(marker: &mut Value, inner: &[Requirement]) {
    if !marker.is_array() {
        *marker = Value::Array(Vec::new());
    }
    if let Some(list) = marker.as_array_mut() {
        list.extend(inner.iter().map(marked));
    }
}

/// Says that the last of what is required may be missing.
#[cfg(feature = "aide")]
pub(crate) fn make_last_optional(marker: &mut Value) {
    if let Some(last) = marker.as_array_mut().and_then(|list| list.last_mut()) {
        last["optional"] = true.into();
    }
}

fn marked(requirement: &Requirement) -> Value {
    let marked = Marked {
        name: requirement.scheme.name().to_owned(),
        scheme: definition(requirement.scheme),
        scopes: requirement.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        optional: requirement.optional,
    };
    serde_json::to_value(marked).unwrap_or_default()
}

/// The Security Scheme Objects of a document, by name.
#[derive(Default)]
pub(crate) struct Schemes(pub(crate) Map<String, Value>);

impl Schemes {
    /// The `security` of an operation with the extension `marker`: with what it said before, and with its schemes
    /// noted. `None` where there is nothing to say.
    pub(crate) fn security(&mut self, marker: Option<Value>, before: Vec<Alternative>) -> Option<Vec<Alternative>> {
        let marked: Vec<Marked> = marker.and_then(|marker| serde_json::from_value(marker).ok()).unwrap_or_default();
        let mut requirements: Vec<(String, Marked)> = Vec::new();
        for new in marked {
            let name = self.name(&new);
            match requirements.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => {
                    known.optional &= new.optional;
                    union(&mut known.scopes, new.scopes);
                }
                None => requirements.push((name, new)),
            }
        }
        let security = product(before, alternatives(requirements));
        (!security.is_empty()).then_some(security)
    }

    /// The name of a scheme in the document: its own, unless that means another scheme already.
    fn name(&mut self, marked: &Marked) -> String {
        let candidates = (2..).map(|n| format!("{}_{n}", marked.name));
        for name in std::iter::once(marked.name.clone()).chain(candidates) {
            let known = self.0.entry(&name).or_insert_with(|| marked.scheme.clone());
            if *known == marked.scheme {
                return name;
            }
            tracing::error!(
                scheme = marked.name,
                "two security schemes have this name; give one of them another `NAME`"
            );
        }
        marked.name.clone()
    }
}

/// What is required stands in each alternative; of what is optional, each does once.
fn alternatives(requirements: Vec<(String, Marked)>) -> Vec<Alternative> {
    let (optional, required): (Vec<_>, Vec<_>) = requirements.into_iter().partition(|(_, marked)| marked.optional);
    let required: Alternative = required.into_iter().map(|(name, marked)| (name, marked.scopes)).collect();
    // Scopes are compared with what some credential grants: one of those that may be missing is there.
    let scoped = optional.iter().any(|(_, marked)| !marked.scopes.is_empty());
    let alone = (!required.is_empty() && !scoped).then(|| required.clone());
    let with_optional = optional.into_iter().map(|(name, marked)| {
        let mut alternative = required.clone();
        alternative.insert(name, marked.scopes);
        alternative
    });
    alone.into_iter().chain(with_optional).collect()
}

/// Both `outer` and `inner`, each with alternatives.
fn product(outer: Vec<Alternative>, inner: Vec<Alternative>) -> Vec<Alternative> {
    if outer.is_empty() || inner.is_empty() {
        return if outer.is_empty() { inner } else { outer };
    }
    let both = |outer: &Alternative, inner: &Alternative| {
        let mut both = outer.clone();
        for (name, scopes) in inner {
            union(both.entry(name.clone()).or_default(), scopes.clone());
        }
        both
    };
    outer.iter().flat_map(|outer| inner.iter().map(|inner| both(outer, inner))).collect()
}

fn union(known: &mut Vec<String>, new: Vec<String>) {
    for scope in new {
        if !known.contains(&scope) {
            known.push(scope);
        }
    }
}
