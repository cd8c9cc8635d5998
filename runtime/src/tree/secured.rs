//! What the attribute states of each function: its tree.

use std::marker::PhantomData;

use crate::tree::node::{Node, UNKNOWN};

/// A function with `#[security]`, whatever it returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[security]`",
    label = "not a function with `#[security]`",
    note = "add `#[security]` to the function `{Self}`"
)]
pub trait Secured: Send + Sync + 'static {
    /// Its dependency tree.
    const DEPENDENCY_TREE: &'static Node;
    /// `()`, found through the same types of its dependencies: the compiler finds no end to a cycle here, and says so before
    /// it loses itself in the trees.
    #[doc(hidden)]
    type WithoutCycle;
    /// As much of it as is known without type parameters. Generic functions have an inherent constant of this name,
    /// which is preferred.
    #[doc(hidden)]
    const AXUM_SCOPES_SKETCH: &'static Node = Self::DEPENDENCY_TREE;
}

/// A function that others may depend on, and its return type. Only `#[security]` writes it: the checks believe it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dependency",
    label = "expected the name of a function with `#[security]` that returns a `Result`",
    note = "add `#[security]` to the function, and write its return type out: `impl Trait` has no name"
)]
pub trait Returns: Sized + Send + Sync + 'static {
    /// Its dependency tree.
    const DEPENDENCY_TREE: &'static Node;
    /// See [`Secured::WithoutCycle`].
    type WithoutCycle;
    /// What it returns.
    type Ret;
}

#[diagnostic::do_not_recommend]
impl<F: Returns> Secured for F {
    const DEPENDENCY_TREE: &'static Node = F::DEPENDENCY_TREE;
    type WithoutCycle = F::WithoutCycle;
}

/// Asks for the tree of `F`. A type without one is a mistake that is told at the parameter.
#[derive(Debug)]
pub struct Marked<F>(PhantomData<F>);

impl<F: Secured> Marked<F> {
    /// The tree.
    pub const AXUM_SCOPES_TREE: &'static Node = F::DEPENDENCY_TREE;
}

/// The answer for all other types, by a name that no trait of a user's has.
pub trait Unmarked {
    /// Nothing is concluded from it.
    const AXUM_SCOPES_TREE: &'static Node = UNKNOWN;
}

impl<F> Unmarked for Marked<F> {}

/// `()`, whatever `Self` is.
pub trait Unit {
    /// `()`.
    type Unit;
}

impl<T> Unit for T {
    type Unit = ();
}
