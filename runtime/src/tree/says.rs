//! Who may call a function: takes its tree, yields whether it asks for a credential, says that it is public, or says nothing.

use crate::tree::node::{Kind, Node};

/// The function asks nobody for a credential, and does not say why.
pub(crate) const NOTHING: u8 = 0;
/// The function asks for a credential.
pub(crate) const ASKS: u8 = 1;
/// The function says why everybody may call it.
pub(crate) const PUBLIC: u8 = 2;
/// It depends on type parameters, or on a mistake that the compiler has reported.
pub const UNSAID: u8 = 3;

/// Who may call a function, as a type: one of the constants. So the compiler knows it before it builds anything.
#[derive(Debug)]
pub struct Is<const SAYS: u8>;

/// What a function says of who may call it.
#[must_use]
pub const fn says(tree: &Node) -> u8 {
    let found = find(tree, false);
    if found.asks {
        ASKS
    } else if tree.public.is_some() {
        PUBLIC
    } else if found.open {
        UNSAID
    } else {
        NOTHING
    }
}

/// What a part of a tree asks of a request.
#[derive(Clone, Copy)]
struct Found {
    /// It reads a credential.
    reads: bool,
    /// It reads a credential in an `Option`.
    offers: bool,
    /// It lets nobody in without a credential.
    asks: bool,
    /// It is not known.
    open: bool,
}

impl Found {
    const NOTHING: Self = Self { reads: false, offers: false, asks: false, open: false };
}

/// `scoped` is whether the functions further out require scopes.
const fn find(node: &Node, scoped: bool) -> Found {
    match node.kind {
        Kind::Scheme(_) => Found { reads: true, asks: true, ..Found::NOTHING },
        Kind::Open => Found { open: true, ..Found::NOTHING },
        // Nobody is asked for what is optional, whatever it asks itself.
        Kind::Optional => {
            let found = within(node, scoped);
            Found { offers: found.reads, asks: false, ..found }
        }
        Kind::Group => within(node, scoped),
        Kind::Function => {
            let scoped = scoped || !node.own.is_empty();
            let found = within(node, scoped);
            // Without a credential no scope is granted, so the comparison cannot succeed.
            let compares = node.takes_scopes() && scoped && found.reads;
            let asks = found.asks || compares || (node.credential_required && found.offers);
            Found { asks, offers: false, ..found }
        }
        Kind::SecurityScopes | Kind::RequiredScopes | Kind::Body | Kind::Verifier | Kind::Other => Found::NOTHING,
    }
}

const fn within(node: &Node, scoped: bool) -> Found {
    let mut all = Found::NOTHING;
    let mut i = 0;
    while i < node.children.len() {
        let child = &node.children[i];
        let found = find(child.node, scoped || !child.scopes.is_empty());
        all = Found {
            reads: all.reads || found.reads,
            offers: all.offers || found.offers,
            asks: all.asks || found.asks,
            open: all.open || found.open,
        };
        i += 1;
    }
    all
}
