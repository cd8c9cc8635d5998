//! utoipa-axum's `routes!`, with a check that the mounted functions are those of the document.

use ::utoipa::openapi::path::Operation;
use ::utoipa_axum::router::UtoipaMethodRouter;

use super::{finish::operations, operation::requirement_of};
use crate::{dependency::marked::Attributed, openapi::marker::MARKER, tree::secured::Secured};

/// Makes routes for `OpenApiRouter::routes` from handlers with `#[security]`, as `routes!` of utoipa-axum does.
///
/// utoipa finds a handler and its document by one name. A local function can shadow an imported one, whose document stays
/// in scope. The document would then list an open route as protected. This macro refuses that at compile time, or panics
/// when the router is made if only the running program can tell.
///
/// Each handler needs `#[security]`, also one that is open to all. For handlers whose document lists no scopes, use the macro of utoipa-axum.
///
/// ```
/// use axum::Router;
/// use axum_scopes::{Depends, Flows, OAuth2Scheme, TokenVerifier, openapi::{SplitSecured, routes}, security, verified};
/// use utoipa_axum::router::OpenApiRouter;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security(scopes = ["items"])]
/// #[utoipa::path(get, path = "/items", responses((status = OK)))]
/// async fn read_items(_: Depends<verified<Api>>) {}
///
/// let (router, api): (Router<TokenVerifier>, _) = OpenApiRouter::new().routes(routes!(read_items)).split_secured();
/// # let _ = (router, api);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_scopes_routes {
    ($handler:path $(,)?) => {
        $crate::private::is_documented($handler, $crate::private::utoipa_routes!($handler))
    };
    ($($handler:path),+ $(,)?) => {{
        let routes = $crate::private::utoipa_routes!($($handler),+);
        // The array makes all of them have one state.
        let _ = [&routes, $(&$crate::__axum_scopes_routes!($handler)),+];
        routes
    }};
}

/// The routes of one handler, if the document of its name is its own.
///
/// # Panics
///
/// If it is not, and the compiler could not tell.
#[track_caller]
pub fn is_documented<H: Attributed<T>, T, S>(handler: H, mut routes: UtoipaMethodRouter<S>) -> UtoipaMethodRouter<S> {
    drop(handler);
    let requirement = requirement_of::<H::Function>();
    let marker = |operation: &Operation| operation.extensions.as_ref().and_then(|known| known.get(MARKER)).cloned();
    let is_own = routes
        .1
        .paths
        .values_mut()
        .flat_map(operations)
        .all(|operation| marker(operation) == Some(requirement.clone()));
    assert!(
        is_own,
        "the document of this name is not that of the function `{}`; write the function's path, as in `module::{0}`",
        H::Function::DEPENDENCY_TREE.name,
    );
    routes
}
