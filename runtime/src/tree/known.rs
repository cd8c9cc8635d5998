//! What is known of a tree: takes what its parameters have, of which each knows the same of its own.

use crate::{
    scopes::{implied::Implies, merged::Size},
    tree::{
        node::{Child, Kind, Node},
        summary::{ALTERNATIVES, ASKS, ASKS_FOR_SCOPES, OFFER, OPEN, SCHEME, SECURITY_SCOPES, Summary},
    },
};

impl Summary {
    pub(crate) const fn of_children(children: &[Child]) -> Self {
        let (mut all, mut children) = (Self::NOTHING, children);
        while let [Child { node, scopes }, rest @ ..] = children {
            let mut has = node.has_at_place();
            if !scopes.is_empty() {
                has |= if has & ASKS_FOR_SCOPES != 0 { ASKS } else { 0 };
                has |= if scopes.has_alternatives() { ALTERNATIVES } else { 0 };
            }
            all.has |= has;
            if let Kind::Function | Kind::Optional = node.kind {
                all.size = all.size.or(node.size().and(*scopes));
            }
            if has & SCHEME != 0 {
                if all.compared.is_none() && !node.takes_scopes() {
                    all.compared = node.within.compared;
                }
                if all.implies.is_none() {
                    all.implies = node.within.implies;
                }
            }
            children = rest;
        }
        all
    }
}

impl Node {
    /// What a parameter has for the function that takes it.
    const fn has_at_place(&self) -> u8 {
        let within = self.within.has & (SCHEME | OPEN | ALTERNATIVES);
        match self.kind {
            Kind::Scheme(_) => SCHEME | ASKS | ASKS_FOR_SCOPES,
            Kind::Open => OPEN,
            Kind::SecurityScopes => SECURITY_SCOPES,
            // Nobody is asked for what is optional, whatever it asks itself.
            Kind::Optional => within | if within & SCHEME != 0 { OFFER } else { 0 },
            Kind::Group => self.within.has & !SECURITY_SCOPES,
            Kind::Function => {
                let alternatives = if self.own.has_alternatives() { ALTERNATIVES } else { 0 };
                let asks = if self.asks(!self.own.is_empty()) { ASKS } else { 0 };
                let asks_for_scopes = if self.asks(true) { ASKS_FOR_SCOPES } else { 0 };
                within | alternatives | asks | asks_for_scopes
            }
            Kind::RequiredScopes | Kind::Body | Kind::Verifier | Kind::Other => 0,
        }
    }

    /// An upper bound on what any path through this node requires.
    pub(crate) const fn size(&self) -> Size {
        self.within.size.and(self.own)
    }

    /// Whether a function lets nobody in without a credential. `scoped` is whether scopes are required of it.
    const fn asks(&self, scoped: bool) -> bool {
        let has = self.within.has;
        let below = has & if scoped { ASKS_FOR_SCOPES } else { ASKS } != 0;
        // Without a credential no scope is granted, so the comparison cannot succeed.
        let compares = self.takes_scopes() && scoped && has & SCHEME != 0;
        below || compares || (self.credential_required && has & OFFER != 0)
    }

    /// Whether this tree lets nobody in without a credential, where nothing further out requires scopes.
    pub(crate) const fn asks_everybody(&self) -> bool {
        self.has_at_place() & ASKS != 0
    }

    /// Whether a part of this tree is not known.
    pub(crate) const fn is_open(&self) -> bool {
        self.has_at_place() & OPEN != 0
    }

    /// Whether `any(…)` occurs in this tree.
    pub(crate) const fn has_alternatives(&self) -> bool {
        self.within.has & ALTERNATIVES != 0 || self.own.has_alternatives()
    }

    /// Whether this function takes `SecurityScopes` itself.
    pub(crate) const fn takes_scopes(&self) -> bool {
        matches!(self.kind, Kind::Function) && self.within.has & SECURITY_SCOPES != 0
    }

    /// The scopes that include others, where this function compares them.
    pub(crate) const fn implies(&self) -> Implies {
        match (self.within.compared, self.within.implies) {
            (Some(implies), _) | (None, Some(implies)) => implies,
            (None, None) => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        at_random::leak,
        scheme::SchemeInfo,
        tree::{
            node::{function, group},
            parts::Part,
        },
    };

    type Tree = &'static Node;

    const SECURITY_SCOPES: Tree = &Node::leaf(Kind::SecurityScopes);
    const OPEN_LEAF: Tree = &Node::leaf(Kind::Open);

    fn scheme(implies: Implies) -> Tree {
        leak(Node::scheme(leak(SchemeInfo::new("Api").with_scopes(&[("a", "")]).with_implied(implies))))
    }

    fn children(nodes: &[Tree]) -> &'static [Child] {
        nodes.iter().map(|node| Child::part(node)).collect::<Vec<_>>().leak()
    }

    fn takes(nodes: &[Tree]) -> Tree {
        leak(function("f", &[], children(nodes)))
    }

    #[test]
    fn a_function_compares_with_the_first_scheme_that_none_below_compares_with() {
        let [one, two]: [Implies; 2] = [&[("a", &["b"])], &[("a", &["c"])]];
        let key = leak(Node::scheme(&const { SchemeInfo::new("Key") }));
        let inner = takes(&[SECURITY_SCOPES, scheme(one)]);
        for (nodes, expected) in [
            (&[scheme(one), scheme(two)][..], one),
            (&[scheme(two), scheme(one)], two),
            (&[key, scheme(two)], two),
            (&[takes(&[scheme(one)]), scheme(two)], one),
            (&[leak(group(children(&[scheme(one)]))), scheme(two)], one),
            (&[leak(Node::optional(children(&[scheme(one)]))), scheme(two)], one),
            (&[takes(&[leak(Node::optional(children(&[scheme(one)])))]), scheme(two)], one),
            (&[inner, scheme(two)], two),
            (&[takes(&[inner]), scheme(two)], two),
            (&[inner], one),
            (&[key], &[]),
            (&[], &[]),
        ] {
            assert_eq!(takes(&[&[SECURITY_SCOPES], nodes].concat()).implies(), expected, "{nodes:#?}");
        }
    }

    #[test]
    fn what_is_not_known_or_has_alternatives_is_found_in_each_place() {
        let any: Tree = leak(function("f", &[], &[]).any(&[&["a", "b"]]));
        let below: [fn(Tree) -> Tree; 4] = [
            |node| takes(&[&Node::OTHER, node]),
            |node| leak(group(children(&[node, &Node::OTHER]))),
            |node| leak(Node::optional(children(&[node]))),
            |node| takes(&[takes(&[scheme(&[]), node])]),
        ];
        for place in below {
            for (node, open, alternatives) in
                [(OPEN_LEAF, true, false), (any, false, true), (scheme(&[]), false, false), (takes(&[]), false, false)]
            {
                let tree = place(node);
                assert_eq!((tree.is_open(), tree.has(Part::Open)), (open, open), "{tree:#?}");
                assert_eq!(tree.has_alternatives(), alternatives, "{tree:#?}");
            }
        }
        let both: Tree = leak(function("f", &[], children(&[any])).any(&[&["c", "d"]]));
        assert!(takes(&[both]).has_alternatives());
        let edge = Child::new(&[], takes(&[])).any(&[&["a", "b"]]);
        assert!(function("f", &[], leak([edge])).has_alternatives());
        assert!(!function("f", &["a"], leak([Child::new(&["b"], takes(&[]))])).has_alternatives());
    }

    #[test]
    fn a_credential_is_asked_for_where_scopes_are_required_of_it() {
        let lenient = takes(&[SECURITY_SCOPES, leak(Node::optional(children(&[scheme(&[])])))]);
        let at = |own, edge, node| function("f", own, leak([Child::new(edge, node)])).asks_everybody();
        assert!(!at(&[], &[], lenient) && at(&["a"], &[], lenient) && at(&[], &["a"], lenient));
        assert!(at(&["a"], &[], takes(&[takes(&[lenient])])) && !at(&[], &[], takes(&[takes(&[lenient])])));
        // Without a scheme, nothing is asked for, whatever is required.
        for node in [takes(&[SECURITY_SCOPES]), takes(&[]), &Node::OTHER] {
            assert!(!at(&["a"], &["a"], node) && !at(&[], &["a"], node) && !at(&["a"], &[], node), "{node:#?}");
        }
        // Nobody is asked for what is optional.
        let optional = leak(Node::optional(children(&[takes(&[scheme(&[])])])));
        assert!(!at(&["a"], &[], optional) && at(&[], &[], takes(&[scheme(&[])])));
    }

    #[test]
    fn one_of_the_optional_credentials_may_be_required() {
        let optional = |node| -> Tree { leak(Node::optional(children(&[node]))) };
        for (node, asks) in [
            (optional(scheme(&[])), true),
            (optional(takes(&[scheme(&[])])), true),
            (leak(group(children(&[optional(scheme(&[]))]))), true),
            (optional(takes(&[])), false),
            (takes(&[optional(scheme(&[]))]), false),
        ] {
            let required = function("f", &[], leak([Child::part(node)])).credential_required();
            assert_eq!(required.asks_everybody(), asks, "{node:#?}");
            assert!(!function("f", &[], leak([Child::part(node)])).asks_everybody(), "{node:#?}");
        }
    }

    #[test]
    fn only_a_function_takes_scopes_for_itself() {
        assert!(!takes(&[leak(group(children(&[SECURITY_SCOPES])))]).takes_scopes());
        assert!(takes(&[SECURITY_SCOPES]).takes_scopes() && !takes(&[takes(&[SECURITY_SCOPES])]).takes_scopes());
    }
}
