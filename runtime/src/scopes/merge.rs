//! Merging at compile time: lists of clauses along a path become one list.
//!
//! The length of a merged list depends on type parameters, and Rust has no arrays of such a length yet. So each list is
//! built in the smallest of three sizes that holds it, and only that one reaches the binary.

use std::marker::PhantomData;

use super::{
    clause::Clause,
    implied::Implies,
    limits::{MOST_SCOPES, TOO_MANY},
    merged::Merged,
    own::OwnScopes,
    required::Required,
    text::Listed,
};

/// One step of a path: the scopes that are required further out, and those that this step adds.
pub(crate) trait Step {
    const OUTER: Required;
    const INNER: OwnScopes;
    /// The `IMPLIES` of the scheme that the scopes are compared with here.
    const IMPLIES: Implies;
}

/// The merged scopes of a [`Step`], as they are written.
pub(crate) struct Merge<P: ?Sized>(PhantomData<P>);

impl<P: Step + ?Sized> Merge<P> {
    const FEW: &'static Merged<4> = &Merged::new(P::OUTER, P::INNER);
    const SOME: &'static Merged<16> = &Merged::new(P::OUTER, P::INNER);
    const MANY: &'static Merged<MOST_SCOPES> = &Merged::new(P::OUTER, P::INNER);

    // The compiler always evaluates the constants that a constant names. It evaluates those that a function names only if that
    // is called.
    const fn some() -> &'static [Clause] {
        match Self::SOME.list() {
            Some(list) => list,
            None => Self::many(),
        }
    }

    const fn many() -> &'static [Clause] {
        match Self::MANY.list() {
            Some(list) => list,
            None => panic!("{}", TOO_MANY),
        }
    }
}

impl<P: Step + ?Sized> Listed for Merge<P> {
    const CLAUSES: &'static [Clause] = match Self::FEW.list() {
        Some(list) => list,
        None => Self::some(),
    };
    const IMPLIES: Implies = &[];
}
