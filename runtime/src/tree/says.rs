//! Who may call a function: takes its tree, yields whether it asks for a credential, says that it is public, or says nothing.

use crate::tree::node::Node;

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
    if tree.asks_everybody() {
        ASKS
    } else if tree.public.is_some() {
        PUBLIC
    } else if tree.is_open() {
        UNSAID
    } else {
        NOTHING
    }
}
