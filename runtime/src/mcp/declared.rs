//! What is declared about an endpoint: a message comes in, and what decides about it goes out.

use super::{decide::Decision, message::Target, names::Names, resources::Resources};

/// The most bytes of a message, unless the service says otherwise.
const BODY_LIMIT: usize = 1 << 20;

/// The declarations. All decisions yield the caller `C`.
pub(super) struct Declared<S, C> {
    pub(super) base: Decision<S, C>,
    pub(super) tools: Names<S, C>,
    pub(super) prompts: Names<S, C>,
    pub(super) methods: Names<S, C>,
    pub(super) resources: Resources<Decision<S, C>>,
    pub(super) other_resources: Option<Decision<S, C>>,
    pub(super) body_limit: usize,
}

impl<S, C> Declared<S, C> {
    pub(super) fn new(base: Decision<S, C>) -> Self {
        Self {
            base,
            tools: Names::default(),
            prompts: Names::default(),
            methods: Names::default(),
            resources: Resources::default(),
            other_resources: None,
            body_limit: BODY_LIMIT,
        }
    }

    /// What decides about a message. `None` if nothing is declared about it.
    pub(super) fn decision(&self, method: Option<&str>, target: &Target) -> Option<&Decision<S, C>> {
        match target {
            Target::Tool(name) => self.tools.find(name),
            Target::Prompt(name) => self.prompts.find(name),
            Target::Resources(uris) => {
                let mut found = uris.iter().map(|uri| self.resource(uri));
                let first = found.next()??;
                // One function decides about a message, so all of its resources have to be of this one.
                found.all(|other| other.is_some_and(|other| other.is_same(first))).then_some(first)
            }
            Target::Endpoint | Target::Unknown => match method.and_then(|method| self.methods.find(method)) {
                None if *target == Target::Endpoint => Some(&self.base),
                declared => declared,
            },
        }
    }

    fn resource(&self, uri: &str) -> Option<&Decision<S, C>> {
        let others = || self.other_resources.as_ref().filter(|_| self.resources.are_others(uri));
        self.resources.find(uri).or_else(others)
    }

    /// What is declared, and what decides about it.
    pub(super) fn operations(&self) -> impl Iterator<Item = (String, &Decision<S, C>)> {
        let others = self.other_resources.iter().map(|decision| ("*".to_owned(), decision));
        let resources = self.resources.iter().chain(others);
        self.tools
            .operations("tools/call ")
            .chain(self.prompts.operations("prompts/get "))
            .chain(resources.map(|(uri, decision)| (format!("resources/read {uri}"), decision)))
            .chain(self.methods.operations(""))
    }
}
