//! What the attribute states of a function, and what follows from it.

use axum::{
    http::request::Parts,
    response::{IntoResponse, Response},
};

use super::{
    cache::Reuse,
    extract::Extract,
    node::Node,
    requirement::{Requirement, Requirements},
};
use crate::{AuthError, error::asked::asking, scopes::required::Checked};

/// A function with `#[security]`, whatever it returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[security]`",
    label = "not a function with `#[security]`",
    note = "add `#[security]` to the function `{Self}`"
)]
pub trait Secured: Send + Sync + 'static {
    /// Its dependency tree.
    const DEPENDENCY_TREE: &'static Node;
    /// As much of it as is known without type parameters. Generic functions have an inherent constant of this name,
    /// which is preferred.
    #[doc(hidden)]
    const AXUM_SCOPES_SKETCH: &'static Node = Self::DEPENDENCY_TREE;
}

impl<F: Function> Secured for F {
    const DEPENDENCY_TREE: &'static Node = F::DEPENDENCY_TREE;
}

/// All that the attribute states of a function whose return type has a name, in one impl.
///
/// Written by `#[security]` and by nobody else: the checks believe it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dependency",
    label = "expected the name of a function with `#[security]` that returns a `Result`",
    note = "add `#[security]` to the function, and write its return type out: `impl Trait` has no name"
)]
pub trait Function: Sized + Send + Sync + 'static {
    /// Its dependency tree.
    const DEPENDENCY_TREE: &'static Node;
    /// Its dependencies, [`At`](super::requirement::At) their paths where the function itself stands at `P`.
    type Params<P: super::path::Path>: Requirements;
    /// What [`call`](Self::call) takes.
    type Args;
    /// What it returns.
    type Ret;
    /// [`Fresh`](super::cache::Fresh), or [`Cached`](super::cache::Cached) with `#[security(cache)]`.
    type Reuse: Reuse<Self::Ret>;

    /// The function itself; `checked` is for the scopes that it is lent.
    fn call(args: Self::Args, checked: &Checked) -> impl Future<Output = Self::Ret> + Send;
}

/// What a dependency returns.
#[diagnostic::on_unimplemented(
    message = "a dependency returns a `Result`, this one returns `{Self}`",
    label = "this dependency does not return a `Result`",
    note = "return `Result<T, AuthError>`, or `Result<T, std::convert::Infallible>` if it cannot refuse"
)]
pub trait DependencyResult {
    /// What the functions that depend on it get.
    type Output: Send + 'static;

    /// The output, or the refusal as a response, as the scheme that is asked refuses.
    #[expect(clippy::result_large_err, reason = "a response is what axum wants")]
    fn finish(self, requirement: &'static Requirement) -> Result<Self::Output, Response>;
}

impl<T: Send + 'static, E: Refusal> DependencyResult for Result<T, E> {
    type Output = T;

    fn finish(self, requirement: &'static Requirement) -> Result<T, Response> {
        self.map_err(|refusal| asking(requirement.scheme, || refusal.into_response()))
    }
}

/// What a dependency returns instead of an output.
#[diagnostic::on_unimplemented(
    message = "a dependency's error becomes a response, and `{Self}` cannot",
    label = "the error type of this dependency does not implement `IntoResponse`",
    note = "return `AuthError`, or implement `axum::response::IntoResponse` for `{Self}`"
)]
pub trait Refusal: IntoResponse + 'static {}

#[diagnostic::do_not_recommend]
impl<E: IntoResponse + 'static> Refusal for E {}

/// What a function returns that takes `SecurityScopes`.
#[diagnostic::on_unimplemented(
    message = "only a dependency can enforce scopes, and a dependency returns a `Result`",
    label = "this function returns `{Self}`",
    note = "return `Result<T, AuthError>` and depend on this function, or take `RequiredScopes` to look only"
)]
pub trait Enforcing {}

impl<T, E> Enforcing for Result<T, E> {}

/// Compiles where `Ret` is what an enforcing function returns.
pub const fn enforces<Ret: Enforcing>() {}

/// A function that others can depend on. `P` is the path that it stands at; the output is the same on all of them.
pub trait Provides<P> {
    /// What [`Depends`](crate::Depends) holds.
    type Output;
}

impl<D: Function<Ret: DependencyResult>, P> Provides<P> for D {
    type Output = <D::Ret as DependencyResult>::Output;
}

/// A function that others can depend on where the router's state is `S`.
pub trait Dependency<S>: Function<Ret: DependencyResult> {
    /// Extracts the arguments and calls the function.
    fn resolve(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
    ) -> impl Future<Output = Result<<Self::Ret as DependencyResult>::Output, Response>> + Send;
}

impl<S: Send + Sync + 'static, D> Dependency<S> for D
where
    D: Function<Ret: DependencyResult, Args: Extract<S> + Send>,
{
    async fn resolve(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
    ) -> Result<<Self::Ret as DependencyResult>::Output, Response> {
        #[cfg(feature = "testing")]
        if let Some(result) = crate::testing::replaced::<D, S>(parts, state, requirement).await {
            return result;
        }
        if let Some(output) = D::Reuse::recall::<D, S>(parts, requirement.scopes) {
            return Ok(output);
        }
        let args = D::Args::extract(parts, state, requirement).await?;
        let checked = Checked::default();
        let output = D::call(args, &checked).await.finish(requirement)?;
        if const { D::DEPENDENCY_TREE.takes_scopes() } && !checked.is_done() {
            return Err(never_checked(D::DEPENDENCY_TREE, requirement));
        }
        D::Reuse::remember::<D, S>(parts, requirement.scopes, &output);
        Ok(output)
    }
}

#[cold]
fn never_checked(node: &Node, requirement: &Requirement) -> Response {
    tracing::error!(dependency = node.name, "returned Ok without a successful SecurityScopes::check; refused");
    AuthError::internal().in_style(requirement.scheme).into_response()
}
