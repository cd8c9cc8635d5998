//! What functions with `#[security]` return: an output, or a refusal that becomes a response.

use axum::response::{IntoResponse, Response};

use crate::{
    error::{AuthError, deciding::decided_by},
    tree::{node::Node, requirement::Requirement},
};

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

/// The response of a refusal, as the scheme refuses that is asked in this place. Kept out of what accepts: that is smaller
/// without it.
#[inline(never)]
pub(crate) fn refused(refusal: impl IntoResponse, requirement: &Requirement) -> Response {
    decided_by(requirement.scheme, || refusal.into_response())
}
