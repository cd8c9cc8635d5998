//! The extractor `Depends<…>`, by which a function takes the output of another one.

use std::{fmt, pin::Pin};

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        cache,
        extract::{Below, Dependency, Param},
        function::{At, Function, Provides},
        path::{Path, Placed, Unbound},
        result::DependencyResult,
    },
    error::AuthError,
    tree::{describe::Describe, node::Node, parts::Part, requirement::Requirement, secured::Secured},
};

/// The output of a dependency: a function with `#[security]` that returns a `Result`.
///
/// Write `Depends(user): Depends<get_current_user>` in a function that has `#[security]` itself. The attribute fills in `P`, the
/// path of the dependency. It does not compile without the attribute, in an alias that is not marked, in a tuple or in a derived
/// extractor, because scopes would not reach it there.
///
/// `Option<Depends<f>>` is `None` for a request without a credential: `f` refuses it for that reason
/// ([`NoCredential`](crate::error::ErrorKind::NoCredential)), and the request has nothing where the schemes below `f` read their
/// credentials. A credential that is presented has to be good, and has to grant the scopes that are required there. All other
/// refusals of `f` are refusals of the request.
///
/// The field is public, so that a unit test can call a handler with `Depends(user)`.
///
/// ```
/// use axum_scopes::{Depends, security};
/// use std::convert::Infallible;
///
/// #[security]
/// async fn language() -> Result<&'static str, Infallible> {
///     Ok("en")
/// }
///
/// #[security]
/// async fn show_language(Depends(language): Depends<language>) -> &'static str {
///     language
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(show_language(Depends("de")).await, "de");
/// # }
/// ```
pub struct Depends<D: Provides<P>, P = Unbound>(pub D::Output);

impl<D: Provides<P, Output: fmt::Debug>, P> fmt::Debug for Depends<D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Depends").field(&self.0).finish()
    }
}

impl<D: Provides<P, Output: Clone>, P> Clone for Depends<D, P> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<D: Provides<P>, P> Describe for Depends<D, P> {
    const NODE: &'static Node = <D as Secured>::DEPENDENCY_TREE;

    /// Whether a request without a credential would have been refused.
    fn is_present(&self) -> bool {
        const { <D as Secured>::DEPENDENCY_TREE.requires_credential() }
    }
}

impl<S, D, P: Placed> FromRequestParts<S> for Depends<D, P>
where
    S: Send + Sync + 'static,
    D: Dependency<S, Ret: DependencyResult<Output = <D as Provides<P>>::Output>> + Provides<P>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // A tree begins at the outermost function. Without one it begins here, at this dependency.
        let has_cache = const {
            match P::OUTERMOST {
                Some(outermost) => outermost.node.has(Part::Cache),
                None => D::DEPENDENCY_TREE.has(Part::Cache),
            }
        };
        let requirement = At::<D, P>::REQUIREMENT;
        let output = if cache::is_needed(parts, has_cache) {
            // Boxed, because most trees have no cache, and their futures then need no room for it.
            let in_tree: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(async move {
                let tree = cache::enter(parts, P::OUTERMOST);
                D::resolve(tree.parts, state, requirement).await
            });
            in_tree.await
        } else {
            D::resolve(parts, state, requirement).await
        };
        output.map(Self)
    }
}

impl<S: Send + Sync, D, P: Path> Param<S> for Depends<D, P>
where
    D: Dependency<S, Ret: DependencyResult<Output = <D as Provides<P>>::Output>> + Provides<P>,
{
    async fn param(
        parts: &mut Parts,
        state: &S,
        above: &'static Requirement,
        below: &mut Below,
    ) -> Result<Self, Response> {
        let Some(requirement) = below.next() else {
            return Err(AuthError::internal().in_style(above.scheme).into_response());
        };
        // Boxed, so that the futures of a deep tree do not nest in one type. A dependency allocates nothing else.
        let output: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(D::resolve(parts, state, requirement));
        output.await.map(Depends)
    }
}

/// An alias of `Depends<…>`. The attribute places the dependency that it names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not `Depends<…>`",
    label = "`#[security]` on a parameter marks an alias of `Depends<…>`",
    note = "remove the attribute from this parameter, or make it a `Depends<…>`",
    note = "an optional dependency is an `Option` of an alias, as in `Option<CurrentUser>`"
)]
pub trait Alias {
    /// The marker of the function.
    type Dependency;
}

#[diagnostic::do_not_recommend]
impl<D: Provides<P>, P: Path> Alias for Depends<D, P> {
    type Dependency = D;
}

/// [`Alias`], as a bound like [`Stated`](super::function::Stated).
pub trait StatedAlias<'a, P, const I: usize>: Alias<Dependency: Provides<P> + Function> {}

impl<T: Alias<Dependency: Provides<P> + Function>, P, const I: usize> StatedAlias<'_, P, I> for T {}
