//! What the attribute states of a function, and what follows from it.

use std::any::TypeId;

use axum::{
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        cache::Reuse,
        extract::{Extract, refused},
        requirement::Requirements,
        security_scopes::Checked,
    },
    error::AuthError,
    tree::{
        node::Node,
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
    /// Its dependencies, [`At`](super::requirement::At) their paths where the function itself stands at `P`.
    type Params<P: super::path::Path>: Requirements;
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
        self.map_err(|refusal| refused(refusal, requirement))
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

/// What a function returns that requires a credential.
#[diagnostic::on_unimplemented(
    message = "a function that requires a credential refuses without one, and `{Self}` has no place for an `AuthError`",
    label = "this function returns `{Self}`",
    note = "return `Result<T, AuthError>`, or implement `From<AuthError>` for the error"
)]
pub trait Refusing {
    /// The refusal.
    fn refused(error: AuthError) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T, E: From<AuthError>> Refusing for Result<T, E> {
    fn refused(error: AuthError) -> Self {
        Err(error.into())
    }
}

/// What a function with `credential_required` returns where there is none.
#[must_use]
pub fn refuse<Ret: Refusing>(function: &'static Node) -> Ret {
    Ret::refused(AuthError::not_authenticated(function.first_scheme()))
}

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
        // If nobody in the tree sees the scopes, the output does not depend on them.
        let seen = if const { D::DEPENDENCY_TREE.sees_scopes() } { requirement.scopes } else { &[] };
        if let Some(output) = D::Reuse::recall::<D>(parts, seen) {
            return Ok(output);
        }
        let args = D::Args::extract(parts, state, requirement).await?;
        let checked = Checked::default();
        let output = D::call(args, &checked).await.finish(requirement)?;
        if const { D::DEPENDENCY_TREE.takes_scopes() } && !checked.is_done() {
            return Err(never_checked(D::DEPENDENCY_TREE, requirement));
        }
        D::Reuse::remember::<D>(parts, seen, &output);
        Ok(output)
    }
}

#[cold]
fn never_checked(node: &Node, requirement: &Requirement) -> Response {
    tracing::error!(dependency = node.name, "returned Ok without a successful SecurityScopes::check; refused");
    AuthError::internal().in_style(requirement.scheme).into_response()
}
