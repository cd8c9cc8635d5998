//! The future that a function with `#[security]` returns: it names the function, so that whoever mounts the function knows its
//! facts.

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use axum::handler::Layered;
use pin_project_lite::pin_project;

use crate::{
    dependency::{
        depends::Depends,
        extract::Extracted,
        function::{At, Provides},
        lengths::for_each_length,
        path::Path,
        required_scopes::RequiredScopes,
    },
    tree::{
        node::{Node, UNKNOWN},
        says::{Is, UNSAID},
        secured::Secured,
    },
};

pin_project! {
    /// The future of the function `M`.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Of<M, F> {
        #[pin]
        future: F,
        function: PhantomData<fn() -> M>,
    }
}

impl<M, F> Of<M, F> {
    /// The marked future.
    #[inline]
    pub const fn new(future: F) -> Self {
        Self { future, function: PhantomData }
    }
}

impl<M, F: Future> Future for Of<M, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.project().future.poll(context)
    }
}

impl<M, F> fmt::Debug for Of<M, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Of")
    }
}

/// A function whose attribute has a mistake, which the compiler has reported.
#[derive(Debug)]
pub struct Mistake;

/// What such a function takes.
#[derive(Debug)]
pub struct AnyArguments;

impl Secured for Mistake {
    const DEPENDENCY_TREE: &'static Node = UNKNOWN;
    type WithoutCycle = ();
    type Says = Is<UNSAID>;
    type Takes = AnyArguments;
}

/// A parameter, as the facts of a function state it.
pub trait Argument {
    /// Its type in the function's signature.
    type Taken;
}

impl<T> Argument for Extracted<T> {
    type Taken = T;
}

impl<D: Provides<P>, P> Argument for At<D, P> {
    type Taken = Depends<D, P>;
}

impl<D: Provides<P>, P> Argument for Option<At<D, P>> {
    type Taken = Option<Depends<D, P>>;
}

impl<P: Path> Argument for RequiredScopes<P> {
    type Taken = Self;
}

/// The parameters of a function, whose types in its signature are `Taken`.
pub trait Fits<Taken> {}

impl<Taken> Fits<Taken> for AnyArguments {}

/// A function with `#[security]` that takes `Args`, as a value.
///
/// One name means the function as a value, and its facts as a type. A local function can shadow only the value. So facts are taken
/// from the future that the function returns. Whatever returns this future has to take what the function takes, because a closure
/// could call it with arguments that nobody has checked.
#[diagnostic::on_unimplemented(
    message = "this is not a function with `#[security]`",
    label = "expected the function itself",
    note = "add `#[security]` to the function, above all other attributes but `#[cfg]`",
    note = "write the name of the function, `read_items`, and not `get(read_items)`"
)]
pub trait Attributed<Args>: sealed::Sealed<Args> {
    /// The function's facts.
    #[doc(hidden)]
    type Function: Secured;
}

macro_rules! attributed {
    ($($T:ident $_T:ident),*) => {
        impl<$($T: Argument),*> Fits<($($T::Taken,)*)> for ($($T,)*) {}

        #[diagnostic::do_not_recommend]
        impl<Fun, Marker, Fut, $($T),*> Attributed<($($T,)*)> for Fun
        where
            Fun: FnOnce($($T),*) -> Of<Marker, Fut>,
            Marker: Secured<Takes: Fits<($($T,)*)>>,
        {
            type Function = Marker;
        }

        #[diagnostic::do_not_recommend]
        impl<Fun, Marker, Fut, $($T),*> sealed::Sealed<($($T,)*)> for Fun
        where
            Fun: FnOnce($($T),*) -> Of<Marker, Fut>,
            Marker: Secured<Takes: Fits<($($T,)*)>>,
        {
        }
    };
}

for_each_length!(attributed);

/// The parameter of [`Attributed`] for a function in a layer.
#[derive(Debug)]
pub struct InLayer<Args>(PhantomData<Args>);

#[diagnostic::do_not_recommend]
impl<L, H: Attributed<Args>, T, S, Args> Attributed<InLayer<Args>> for Layered<L, H, T, S> {
    type Function = H::Function;
}

impl<L, H: Attributed<Args>, T, S, Args> sealed::Sealed<InLayer<Args>> for Layered<L, H, T, S> {}

mod sealed {
    pub trait Sealed<Args> {}
}
