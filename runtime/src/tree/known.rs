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
