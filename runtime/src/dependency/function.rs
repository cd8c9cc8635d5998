//! What the attribute states of a function, and what follows from it.

use std::{any::TypeId, marker::PhantomData};

use crate::{
    dependency::{
        cache::Reuse,
        lengths::for_each_length,
        path::{Path, Via},
        requirement::Here,
        result::DependencyResult,
        security_scopes::Checked,
    },
    tree::{
        requirement::Requirement,
        secured::{Returns, Secured},
    },
};

/// See [`Signature::own_type`].
pub type OwnType = Option<TypeId>;

/// What a function with `#[security]` takes, whatever it returns.
pub trait Signature: Secured {
    /// What is extracted for its parameters.
    type Args;

    /// Calls the function, and is called by nobody: it ties the function's own signature to these facts.
    fn tie(args: Self::Args, checked: &Checked);

    /// The function's own type, where its parameters alone do not tell it from another: it requires a credential that
    /// another function with these parameters does not.
    #[must_use]
    fn own_type() -> OwnType {
        None
    }
}

/// [`Function::call`] is the tie.
impl<F: Function> Signature for F {
    type Args = F::Args;

    fn tie(_: Self::Args, _: &Checked) {}

    fn own_type() -> OwnType {
        <F as Function>::own_type()
    }
}

/// How a function is called that others may depend on.
pub trait Function: Returns {
    /// Its dependencies, [`At`] their paths where the function itself stands at `P`.
    type Params<P: Path>: Requirements;
    /// What [`call`](Self::call) takes.
    type Args;
    /// [`Fresh`](super::cache::Fresh), or [`Cached`](super::cache::Cached) with `#[security(cache)]`.
    type Reuse: Reuse<Self::Ret>;

    /// The function itself; `checked` is for the scopes that it is lent.
    fn call(args: Self::Args, checked: &Checked) -> impl Future<Output = Self::Ret> + Send;

    /// See [`Signature::own_type`].
    #[must_use]
    fn own_type() -> OwnType {
        None
    }
}

/// Dependency `D` at path `P`.
#[derive(Debug)]
pub struct At<D, P>(PhantomData<fn() -> (D, P)>);

impl<D: Function, P: Path> At<D, P> {
    pub(crate) const REQUIREMENT: &'static Requirement =
        &Requirement { children: <D::Params<P> as Requirements>::LIST, ..*Here::<Via<D, P>>::REQUIREMENT };
}

/// The dependencies that a function takes, each [`At`] its path: a tuple.
pub trait Requirements {
    /// What is required of each.
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

/// A function that others can depend on. `P` is the path that it stands at; the output is the same on all of them.
pub trait Provides<P>: Returns {
    /// What [`Depends`](crate::Depends) holds.
    type Output;
}

impl<D: Returns<Ret: DependencyResult>, P> Provides<P> for D {
    type Output = <D::Ret as DependencyResult>::Output;
}

/// `Provides`, as a bound that holds inside of an impl whether or not it is true. So a mistake in a dependency is told at the
/// parameter that names it, and not once more for each fact about the function with that parameter. `I` is the parameter's
/// place, so that two parameters with one dependency have two bounds.
pub trait Stated<'a, P, const I: usize>: Provides<P> + Function {}

impl<D: Provides<P> + Function, P, const I: usize> Stated<'_, P, I> for D {}
