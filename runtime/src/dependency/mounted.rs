//! The check that a mounted handler is the function whose facts a document or an access table lists.

use std::any::TypeId;

use crate::dependency::{
    depends::Depends,
    extract::Extracted,
    function::{OwnType, Provides, Signature},
    lengths::for_each_length,
    path::Path,
    required_scopes::RequiredScopes,
};

/// A function that takes the arguments `Args` of a function with `#[security]`.
///
/// One name means the function as a value, and its facts as a type. A local function can shadow only the value. A dependency
/// names in its type the function whose path it stands on, so only this function takes it. Functions without dependencies
/// require the same if their parameters are the same, except for `credential_required`. So `is_listed` compares such functions
/// themselves.
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

impl<D: Provides<P>, P> Argument for Option<Depends<D, P>> {
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

/// Compiles only if the handler takes the arguments of `F`.
///
/// # Panics
///
/// If `F` has `credential_required`, and the handler is another function.
#[track_caller]
pub(crate) fn is_listed<F: Signature, H: Takes<F::Args> + 'static>(_: &H) {
    assert!(
        F::own_type().is_none_or(|own| own == TypeId::of::<H>()),
        "this handler is not the function `{}` that is listed; write the path of the function that has `#[security]`",
        F::DEPENDENCY_TREE.name,
    );
}

/// A tuple of one name. The name means a type there, so a message about a function without `#[security]` stands at the name.
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
