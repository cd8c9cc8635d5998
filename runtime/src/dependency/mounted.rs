//! Whether a handler that is mounted is the function whose facts are listed.

use super::{
    depends::Depends,
    extract::{Extracted, for_each_length},
    function::{Provides, Signature},
    path::Path,
};
use crate::scopes::required::RequiredScopes;

/// A function that takes what is extracted for `Args`, the arguments of a function with `#[security]`.
///
/// A name means a function where a value is expected, and its facts where a type is; a local function can shadow the one
/// and leave the other. Arguments that are dependencies say in their types on which function's path they stand, so only
/// that function takes them. A function without any asks nobody, whichever it is.
#[diagnostic::on_unimplemented(
    message = "this handler is not the function that is listed",
    label = "expected the function itself",
    note = "write the name of the function, `read_items`, and not `get(read_items)`",
    note = "a function in scope can shadow an imported one; write the path of the function that has `#[security]`"
)]
pub trait Takes<Args> {}

/// An argument as the function itself takes it.
pub trait Argument {
    /// Its type in the function's signature.
    type Taken;
}

impl<T> Argument for Extracted<T> {
    type Taken = T;
}

impl<D: Provides<P>, P> Argument for Depends<D, P> {
    type Taken = Self;
}

impl<P: Path> Argument for RequiredScopes<P> {
    type Taken = Self;
}

/// Compiles where the handler is the function of the type's name, which stands in a tuple: for `routes!`.
pub const fn is_listed<F: Named, H: Takes<<F::Function as Signature>::Args>>(_: &H) {}

/// A tuple of one name.
pub trait Named {
    /// The function's facts.
    type Function: Signature;
}

impl<F: Signature> Named for (F,) {
    type Function = F;
}

macro_rules! takes {
    ($($T:ident $_T:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<Fun: FnOnce($($T::Taken),*) -> Ret, Ret, $($T: Argument),*> Takes<($($T,)*)> for Fun {}
    };
}

for_each_length!(takes);
