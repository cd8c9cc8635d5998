//! What is in a tree: takes a node, finds the parts that a check or a call looks for.

use crate::{
    scheme::SchemeInfo,
    tree::node::{Child, Kind, Node},
};

/// A part of a tree that a check or a call looks for.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Function,
    SecurityScopes,
    /// A parameter by which a function sees the required scopes.
    VisibleScopes,
    /// A function with `cache`.
    Cache,
    Open,
}

impl Node {
    /// Whether this is an `Option` or a `Result` of an extractor or a dependency.
    pub(crate) const fn is_optional(&self) -> bool {
        matches!(self.kind, Kind::Optional)
    }

    /// The function of a parameter that is a dependency, or one in an `Option`.
    pub(crate) const fn dependency(&self) -> Option<&Self> {
        match (self.kind, self.children) {
            (Kind::Function, _) => Some(self),
            (Kind::Optional, [Child { node, .. }]) if matches!(node.kind, Kind::Function) => Some(node),
            _ => None,
        }
    }

    /// Whether `parameter` is one of the credentials of which this function requires one.
    pub(crate) const fn chooses(&self, parameter: &Self) -> bool {
        // Few functions have this argument, and the compiler asks it of each parameter.
        if !self.credential_required || !parameter.is_optional() {
            return false;
        }
        parameter.first_scheme().is_some() || parameter.has(Part::Open)
    }

    /// The name of an optional dependency, or that of an optional scheme.
    pub(crate) const fn dependency_or_scheme(&self) -> &str {
        match (self.dependency(), self.first_scheme()) {
            (Some(dependency), _) => dependency.name,
            (None, Some(scheme)) => scheme.name(),
            (None, None) => "",
        }
    }

    /// Whether a credential has to be in the request, whatever scopes are required. An unknown part requires none.
    pub(crate) const fn requires_credential(&self) -> bool {
        match self.kind {
            Kind::Scheme(_) => return true,
            Kind::Optional => return false,
            _ if self.credential_required => return true,
            _ => {}
        }
        let mut children = self.children;
        while let [child, rest @ ..] = children {
            if child.node.requires_credential() {
                return true;
            }
            children = rest;
        }
        false
    }

    /// Whether this node or one below it is this part, or has it.
    pub(crate) const fn has(&self, part: Part) -> bool {
        let mut has = match part {
            Part::Function => matches!(self.kind, Kind::Function),
            Part::SecurityScopes => matches!(self.kind, Kind::SecurityScopes),
            Part::VisibleScopes => matches!(self.kind, Kind::SecurityScopes | Kind::RequiredScopes | Kind::Open),
            Part::Cache => self.cached,
            Part::Open => matches!(self.kind, Kind::Open),
        };
        let mut children = self.children;
        while let ([child, rest @ ..], false) = (children, has) {
            has = child.node.has(part);
            children = rest;
        }
        has
    }

    /// Whether this function takes a verifier that may be unavailable.
    pub(crate) fn takes_verifier(&self) -> bool {
        self.children.iter().any(|child| matches!(child.node.kind, Kind::Verifier))
    }

    /// The first scheme below, in the order of the parameters.
    pub(crate) const fn first_scheme(&self) -> Option<&'static SchemeInfo> {
        if let Kind::Scheme(info) = self.kind {
            return Some(info);
        }
        let mut children = self.children;
        while let [child, rest @ ..] = children {
            if let Some(info) = child.node.first_scheme() {
                return Some(info);
            }
            children = rest;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::node::function;

    #[test]
    fn a_verifier_is_a_parameter_of_the_function_itself() {
        const VERIFIER: Node = Node::leaf(Kind::Verifier);
        const TAKES: Node = function("f", &[], &[Child::part(&Node::OTHER), Child::part(&VERIFIER)]);
        assert!(TAKES.takes_verifier());
        const ABOVE: Node = function("g", &[], &[Child::part(&TAKES)]);
        assert!(!ABOVE.takes_verifier());
        assert!(!function("g", &[], &[]).takes_verifier());
    }
}
