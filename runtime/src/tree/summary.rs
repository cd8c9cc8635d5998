//! What the parameters of a function have together. A node keeps it, so that nobody walks through the tree for it.

use crate::{
    scheme::SchemeInfo,
    scopes::{implied::Implies, merged::Size},
};

/// What the parameters of a function have together. A scheme has what is known of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary {
    pub(super) has: u8,
    /// An upper bound on what any path through the parameters requires.
    pub(super) size: Size,
    /// The `IMPLIES` of the first scheme with scopes, but for those below a function that takes `SecurityScopes`: such a function
    /// compares scopes by itself.
    pub(super) compared: Option<Implies>,
    /// The same with all schemes.
    pub(super) implies: Option<Implies>,
}

/// A scheme.
pub(super) const SCHEME: u8 = 1;
/// A scheme in an `Option`, of this function itself.
pub(super) const OFFER: u8 = 1 << 1;
/// Nobody is let in without a credential.
pub(super) const ASKS: u8 = 1 << 2;
/// The same, if functions further out require scopes.
pub(super) const ASKS_FOR_SCOPES: u8 = 1 << 3;
/// A part that is not known.
pub(super) const OPEN: u8 = 1 << 4;
/// `any(…)`.
pub(super) const ALTERNATIVES: u8 = 1 << 5;
/// `SecurityScopes`, as a parameter of this function itself.
pub(super) const SECURITY_SCOPES: u8 = 1 << 6;

impl Summary {
    pub(crate) const NOTHING: Self = Self { has: 0, size: Size::ZERO, compared: None, implies: None };

    pub(crate) const fn of_scheme(info: &'static SchemeInfo) -> Self {
        let implies = if info.scopes().is_empty() { None } else { Some(info.implies()) };
        Self { compared: implies, implies, ..Self::NOTHING }
    }
}
