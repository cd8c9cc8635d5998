//! The tree of a function, as the attribute writes it.

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
    /// `()`, through the same type of each dependency. The compiler reports a cycle here, before it evaluates endless trees.
    #[doc(hidden)]
    type WithoutCycle;
    /// [`Is`](crate::tree::says::Is): who may call it.
    #[doc(hidden)]
    type Says;
    /// The tuple of its parameters. Of a function that no route can call, it is no tuple.
    #[doc(hidden)]
    type Takes;
    /// The part of the tree that is known without type parameters. A generic function has an inherent constant of this name, which
    /// the compiler prefers.
    #[doc(hidden)]
    const AXUM_SCOPES_SKETCH: &'static Node = Self::DEPENDENCY_TREE;
}

/// A function that others may depend on, and its return type. Only `#[security]` implements it, because the checks rely on it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dependency",
    label = "expected the name of a function with `#[security]` that returns a `Result`",
    note = "the function needs `#[security]` and a return type that is written out as `Result<…, AuthError>`",
    note = "if `{Self}` is a scheme, write `Depends<verified<{Self}>>`, or take its extractor"
)]
pub trait Returns: Sized + Send + Sync + 'static {
    /// Its dependency tree.
    const DEPENDENCY_TREE: &'static Node;
    /// See [`Secured::WithoutCycle`].
    type WithoutCycle;
    /// See [`Secured::Says`].
    type Says;
    /// See [`Secured::Takes`].
    type Takes;
    /// Its return type.
    type Ret;
}

#[diagnostic::do_not_recommend]
impl<F: Returns> Secured for F {
    const DEPENDENCY_TREE: &'static Node = F::DEPENDENCY_TREE;
    type WithoutCycle = F::WithoutCycle;
    type Says = F::Says;
    type Takes = F::Takes;
}

/// Finds the tree of `F`. If there is none, another message at the parameter says so.
#[derive(Debug)]
pub struct Marked<F>(PhantomData<F>);

impl<F: Secured> Marked<F> {
    /// The tree.
    pub const AXUM_SCOPES_TREE: &'static Node = F::DEPENDENCY_TREE;
}

/// The answer for all other types. No trait of a user's has this name.
pub trait Unmarked {
    /// No check concludes anything from it.
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
