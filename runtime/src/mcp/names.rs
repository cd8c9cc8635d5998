//! What decides about tools, prompts and methods: a name comes in, and its decision goes out.

use std::collections::BTreeMap;

use super::decide::Decision;

/// What decides about names, and about all others.
pub(super) struct Names<S, C> {
    declared: BTreeMap<String, Decision<S, C>>,
    pub(super) others: Option<Decision<S, C>>,
}

impl<S, C> Names<S, C> {
    #[track_caller]
    pub(super) fn add(&mut self, kind: &str, name: &str, decision: Decision<S, C>) {
        let before = self.declared.insert(name.to_owned(), decision);
        assert!(before.is_none(), "the {kind} `{name}` is declared twice; remove one");
    }

    pub(super) fn find(&self, name: &str) -> Option<&Decision<S, C>> {
        self.declared.get(name).or(self.others.as_ref())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.declared.keys().map(String::as_str)
    }

    pub(super) fn operations(&self, operation: &'static str) -> impl Iterator<Item = (String, &Decision<S, C>)> {
        let declared = self.declared.iter().map(|(name, decision)| (name.as_str(), decision));
        let others = self.others.iter().map(|decision| ("*", decision));
        declared.chain(others).map(move |(name, decision)| (format!("{operation}{name}"), decision))
    }
}

impl<S, C> Default for Names<S, C> {
    fn default() -> Self {
        Self { declared: BTreeMap::new(), others: None }
    }
}
