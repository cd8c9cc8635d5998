//! The facts that the attribute writes about a function: its arguments, its dependencies and its call.

use std::marker::PhantomData;

use crate::{
    dependency::{
        cache::Reuse,
        checked::Checked,
        lengths::for_each_length,
        path::{Path, Via},
        requirement::Place,
        result::DependencyResult,
    },
    tree::{requirement::Requirement, secured::Returns},
};

/// A function that others may depend on, and its call.
pub trait Function: Returns {
    /// Its dependencies, each [`At`] its path. The function itself stands at `P`.
    type Params<P: Path>: Requirements;
    /// The arguments of [`call`](Self::call).
    type Args;
    /// [`Fresh`](super::cache::Fresh), or [`Cached`](super::cache::Cached) with `#[security(cache)]`.
    type Reuse: Reuse<Self::Ret>;

    /// Calls the function. `checked` is for the scopes that it is lent.
    fn call(args: Self::Args, checked: &Checked) -> impl Future<Output = Self::Ret> + Send;
}

/// Dependency `D` at path `P`.
#[derive(Debug)]
pub struct At<D, P>(PhantomData<fn() -> (D, P)>);

impl<D: Function, P: Path> At<D, P> {
    pub(crate) const REQUIREMENT: &'static Requirement =
        &Requirement { children: <D::Params<P> as Requirements>::LIST, ..*Place::<Via<D, P>>::REQUIREMENT };
}

/// The dependencies that a function takes, each [`At`] its path: a tuple.
pub trait Requirements {
    /// The requirement of each.
    const LIST: &'static [&'static Requirement];
}

macro_rules! tuples {
    ($($D:ident $P:ident),*) => {
        impl<$($D: Function, $P: Path),*> Requirements for ($(At<$D, $P>,)*) {
            const LIST: &'static [&'static Requirement] = &[$(At::<$D, $P>::REQUIREMENT),*];
        }
    };
}

for_each_length!(tuples);

/// A function that others can depend on, at path `P`. Its output is the same at all paths.
pub trait Provides<P>: Returns {
    /// The output in [`Depends`](crate::Depends).
    type Output;
}

impl<D: Returns<Ret: DependencyResult>, P> Provides<P> for D {
    type Output = <D::Ret as DependencyResult>::Output;
}

/// `Provides` as a bound of an impl. The lifetime lets the compiler accept the impl even if the bound is false, so a mistake in
/// a dependency is reported at its parameter, and not once more for each fact about the function. `I` is the parameter's index,
/// so that two parameters with one dependency have two bounds.
pub trait Stated<'a, P, const I: usize>: Provides<P> + Function {}

impl<D: Provides<P> + Function, P, const I: usize> Stated<'_, P, I> for D {}
