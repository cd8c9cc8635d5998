//! Whether a handler that is mounted is the function whose facts are listed.

use std::any::TypeId;

use crate::dependency::{
    depends::Depends,
    extract::Extracted,
    function::{OwnType, Provides, Signature},
    lengths::for_each_length,
    path::Path,
    security_scopes::RequiredScopes,
};

/// A function that takes what is extracted for `Args`, the arguments of a function with `#[security]`.
///
/// A name means a function where a value is expected, and its facts where a type is; a local function can shadow the one
/// and leave the other. Arguments that are dependencies say in their types on which function's path they stand, so only
/// that function takes them. A function without any asks for what its parameters ask for, whichever it is; with
/// `credential_required` it asks for more, so [`is_listed`] compares it itself.
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

/// The type of a function itself.
#[must_use]
pub fn own_type<T: 'static>(_: T) -> OwnType {
    Some(TypeId::of::<T>())
}

/// Compiles where the handler is the function of the type's name, as far as its parameters tell.
///
/// # Panics
///
/// Where they do not tell, and it is another one.
#[track_caller]
pub(crate) fn is_listed<F: Signature, H: Takes<F::Args> + 'static>(_: &H) {
    assert!(
        F::own_type().is_none_or(|own| own == TypeId::of::<H>()),
        "this handler is not the function `{}` that is listed; write the path of the function that has `#[security]`",
        F::DEPENDENCY_TREE.name,
    );
}

/// A tuple of one name, in which that means a type and nothing else: a function without `#[security]` is told at its name.
#[cfg(feature = "utoipa")]
pub trait Named {
    /// The function's facts.
    type Function: Signature;
}

#[cfg(feature = "utoipa")]
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
