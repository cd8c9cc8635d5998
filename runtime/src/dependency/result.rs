//! The results of functions with `#[security]`: an output, or a refusal that becomes a response.

use axum::{
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};

use crate::{
    dependency::values::{Given, PathValues, Values},
    error::{AuthError, deciding::decided_by, grpc},
    tree::{node::Node, requirement::Requirement},
};

/// The return type of a dependency.
#[diagnostic::on_unimplemented(
    message = "a dependency returns a `Result`, this one returns `{Self}`",
    label = "this dependency does not return a `Result`",
    note = "return `Result<T, AuthError>`, or `Result<T, std::convert::Infallible>` if it cannot refuse"
)]
pub trait DependencyResult {
    /// The output for the functions that depend on it.
    type Output: Send + 'static;

    /// The output, or the refusal as a response in the style of the scheme.
    #[expect(clippy::result_large_err, reason = "axum takes a response")]
    fn finish(self, requirement: &'static Requirement, parts: &mut Parts) -> Result<Self::Output, Response>;
}

impl<T: Send + 'static, E: Refusal> DependencyResult for Result<T, E> {
    type Output = T;

    fn finish(self, requirement: &'static Requirement, parts: &mut Parts) -> Result<T, Response> {
        self.map_err(|refusal| refused(refusal, requirement, parts))
    }
}

/// The error type of a dependency.
#[diagnostic::on_unimplemented(
    message = "a dependency's error becomes a response, and `{Self}` cannot",
    label = "the error type of this dependency does not implement `IntoResponse`",
    note = "return `AuthError`, or implement `axum::response::IntoResponse` for `{Self}`"
)]
pub trait Refusal: IntoResponse + 'static {}

#[diagnostic::do_not_recommend]
impl<E: IntoResponse + 'static> Refusal for E {}

/// The return type of a function that takes `SecurityScopes`.
#[diagnostic::on_unimplemented(
    message = "only a dependency can enforce scopes, and a dependency returns a `Result`",
    label = "this function returns `{Self}`",
    note = "return `Result<T, AuthError>` and depend on this function, or take `RequiredScopes`, which only shows the scopes"
)]
pub trait Enforcing {}

impl<T, E> Enforcing for Result<T, E> {}

/// Compiles only if a function that returns `Ret` can enforce scopes.
pub const fn enforces<Ret: Enforcing>() {}

/// The return type of a function with `credential_required`.
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

/// The refusal of a function with `credential_required` that finds no credential.
#[must_use]
pub fn refuse<Ret: Refusing>(function: &'static Node) -> Ret {
    Ret::refused(AuthError::not_authenticated(function.first_scheme()))
}

/// The response of a refusal, in the style of the scheme at this place. It is not inlined, because the code that accepts is
/// smaller without it.
#[inline(never)]
pub(crate) fn refused(refusal: impl IntoResponse, requirement: &'static Requirement, parts: &mut Parts) -> Response {
    // A path that cannot be decoded fills in no scopes.
    let of_path = &PathValues::read(parts, requirement).unwrap_or_default();
    let place = Values { of_path, given: Given::default() }.asking(requirement);
    let response = decided_by(place, || refusal.into_response());
    let is_success = response.status().is_success() && !grpc::refuses(&response);
    if is_success { refused_with_success(response.status()) } else { response }
}

/// 500: the client would take the response for that of the handler, which did not run.
#[cold]
fn refused_with_success(status: StatusCode) -> Response {
    tracing::error!(%status, "a dependency or an extractor refused with a status of success; return `AuthError` instead");
    AuthError::internal().into_response()
}
