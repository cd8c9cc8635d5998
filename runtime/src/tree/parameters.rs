//! The path parameters that a route needs: takes the tree of its function, yields the parameters of the scopes that are compared in
//! it.

use crate::{
    scopes::{own::OwnScopes, template::parameters},
    tree::node::Node,
};

impl Node {
    /// The same function with `#[security(values(…))]`.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}

/// The parameters of required scopes for which the path has to have values. Functions with `values(…)` give the others.
pub(crate) fn path_parameters(tree: &'static Node) -> Vec<&'static str> {
    let mut needed = Vec::new();
    collect(tree, &[], &mut needed);
    needed
}

fn collect(node: &'static Node, outer: &[&'static str], needed: &mut Vec<&'static str>) {
    let required = [outer, &names(node.own)].concat();
    if node.takes_scopes() {
        for parameter in required.iter().flat_map(|scope| parameters(scope)) {
            if !node.values.contains(&parameter.name) && !needed.contains(&parameter.name) {
                needed.push(parameter.name);
            }
        }
    }
    for child in node.children {
        collect(child.node, &[required.as_slice(), &names(child.scopes)].concat(), needed);
    }
}

/// The alternatives of all clauses.
fn names(scopes: OwnScopes) -> Vec<&'static str> {
    (0..scopes.len()).flat_map(|i| scopes.clause(i).names()).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::node::{Child, Kind, function};

    #[test]
    fn a_route_needs_the_parameters_that_its_enforcers_compare() {
        static SCOPES: Node = Node::leaf(Kind::SecurityScopes);
        static ENFORCER: Node = function("enforcer", &["a:{one}"], &[Child::new(&[], &SCOPES)]).values(&["tenant"]);
        static OTHER: Node = function("other", &["b:{unseen}"], &[]);
        static HANDLER: Node = function(
            "handler",
            &["{tenant}:c:{two}", "d"],
            &[Child::new(&["e:{*three}", "f:{one}"], &ENFORCER), Child::new(&["g:{never}"], &OTHER)],
        );
        assert_eq!(path_parameters(&HANDLER), ["two", "three", "one"]);
        assert!(path_parameters(&OTHER).is_empty());
    }
}
