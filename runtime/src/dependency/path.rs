//! Paths: the functions from a route down to a dependency, as a type.

use std::{any::TypeId, marker::PhantomData};

use crate::{
    dependency::cache::Outermost,
    scheme::SchemeInfo,
    scopes::{
        implied::Implies,
        merge::{Merge, Step},
        own::OwnScopes,
        required::Required,
        text::Told,
    },
    tree::secured::Secured,
};

/// The functions from a handler down to one place in its tree, outermost first.
///
/// `#[security]` writes paths. Nobody else implements them.
pub trait Path: sealed::Sealed + Send + Sync + 'static {
    /// The scopes that the functions further out require.
    #[doc(hidden)]
    const OUTER: Required;
    /// The scopes that the innermost function, or one of its parameters, adds.
    #[doc(hidden)]
    const INNER: OwnScopes;
    /// The `IMPLIES` of the scheme that the scopes are compared with here.
    #[doc(hidden)]
    const IMPLIES: Implies = &[];
    /// The first scheme of the innermost function that has a scheme.
    #[doc(hidden)]
    const SCHEME: Option<&'static SchemeInfo> = None;
    /// The outermost function, if there is one.
    #[doc(hidden)]
    const OUTERMOST: Option<Outermost> = None;
    /// Whether the path leads through a dependency in an `Option`.
    #[doc(hidden)]
    const OPTIONAL: bool = false;
}

/// A path that begins at a route, so that the scopes along it are known.
#[diagnostic::on_unimplemented(
    message = "`Depends<…>` and `RequiredScopes` work only where scopes reach them",
    label = "the function that takes this needs `#[security]`",
    note = "add `#[security]` to the function; where it stands above `#[axum::debug_handler]`, both work",
    note = "in an alias, mark the parameter: `#[security] user: CurrentUser`; wrappers and derived extractors cannot hold it",
    note = "to stand outside of any scopes on purpose, write `Depends<f, Root>`"
)]
pub trait Placed: Path {}

/// The path of a dependency in a function without `#[security]`. Nothing further out requires scopes there, so this path is
/// explicit.
///
/// ```
/// use axum_scopes::{Depends, dependency::Root, security};
/// use std::convert::Infallible;
///
/// #[security]
/// async fn greeting() -> Result<&'static str, Infallible> {
///     Ok("hello")
/// }
///
/// async fn handler(Depends(greeting): Depends<greeting, Root>) -> &'static str {
///     greeting
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(handler(Depends("hi")).await, "hi");
/// # }
/// ```
#[derive(Debug)]
pub struct Root;

/// The path of a `Depends<…>` that no attribute has placed. It is no extractor.
#[derive(Debug)]
pub struct Unbound;

/// The path through function `F`, which stands at `Outer`.
#[derive(Debug)]
pub struct Via<F, Outer>(PhantomData<fn() -> (F, Outer)>);

/// The path through parameter `I` of function `F`, which has scopes of its own or is in an `Option`. `Outer` leads through `F` already.
#[derive(Debug)]
pub struct Edge<F, Outer, const I: usize>(PhantomData<fn() -> (F, Outer)>);

impl Path for Root {
    const OUTER: Required = Required::NONE;
    const INNER: OwnScopes = OwnScopes::NONE;
}

impl Path for Unbound {
    const OUTER: Required = Required::NONE;
    const INNER: OwnScopes = OwnScopes::NONE;
}

impl<F: Secured, Outer: Path> Path for Via<F, Outer> {
    const OUTER: Required = Told::<Merge<Outer>>::REQUIRED;
    const IMPLIES: Implies = F::DEPENDENCY_TREE.implies();
    const INNER: OwnScopes = F::DEPENDENCY_TREE.own;
    const SCHEME: Option<&'static SchemeInfo> = match F::DEPENDENCY_TREE.first_scheme() {
        Some(scheme) => Some(scheme),
        None => Outer::SCHEME,
    };
    const OUTERMOST: Option<Outermost> = match Outer::OUTERMOST {
        Some(outermost) => Some(outermost),
        None => Some(Outermost { function: TypeId::of::<F>, node: F::DEPENDENCY_TREE }),
    };
    const OPTIONAL: bool = Outer::OPTIONAL;
}

impl<F: Secured, Outer: Path, const I: usize> Path for Edge<F, Outer, I> {
    const OUTER: Required = Told::<Merge<Outer>>::REQUIRED;
    const INNER: OwnScopes = F::DEPENDENCY_TREE.children[I].scopes;
    const SCHEME: Option<&'static SchemeInfo> = Outer::SCHEME;
    const OUTERMOST: Option<Outermost> = Outer::OUTERMOST;
    const OPTIONAL: bool = Outer::OPTIONAL || F::DEPENDENCY_TREE.children[I].node.is_optional();
}

impl<P: Path + ?Sized> Step for P {
    const OUTER: Required = P::OUTER;
    const INNER: OwnScopes = P::INNER;
    const IMPLIES: Implies = P::IMPLIES;
}

impl Placed for Root {}
impl<F: Secured, Outer: Placed> Placed for Via<F, Outer> {}
impl<F: Secured, Outer: Placed, const I: usize> Placed for Edge<F, Outer, I> {}

mod sealed {
    use super::{Edge, Root, Unbound, Via};

    pub trait Sealed {}
    impl Sealed for Root {}
    impl Sealed for Unbound {}
    impl<F, Outer> Sealed for Via<F, Outer> {}
    impl<F, Outer, const I: usize> Sealed for Edge<F, Outer, I> {}
}
