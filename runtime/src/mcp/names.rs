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
        let others = || self.others.as_ref().filter(|_| self.are_others(name));
        self.declared.get(name).or_else(others)
    }

    /// Whether no server may take `name` for one that is declared: without regard to case, or to what is around it.
    fn are_others(&self, name: &str) -> bool {
        let name = folded(name);
        self.declared.keys().all(|declared| folded(declared) != name)
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

fn folded(name: &str) -> String {
    name.trim_matches(|character: char| character.is_whitespace() || character.is_control()).to_lowercase()
}

impl<S, C> Default for Names<S, C> {
    fn default() -> Self {
        Self { declared: BTreeMap::new(), others: None }
    }
}
