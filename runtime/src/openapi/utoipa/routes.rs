//! utoipa-axum's `routes!`, of functions that are what the document says.

/// What `routes!` of utoipa-axum makes, of handlers with `#[security]`: routes for `OpenApiRouter::routes`.
///
/// The document of a handler is found by its name, and so is the function that is mounted. A function of one's own can
/// shadow an imported one and leave its document in scope: the document would say that a route is protected which is open.
/// Here that does not compile. Each handler needs `#[security]`, also one that is open to all: without it rustc expects a
/// type and finds a function (E0573). The macro of utoipa-axum remains for handlers whose document says nothing of scopes.
///
/// ```
/// use axum::Router;
/// use axum_scopes::{Depends, Flows, OAuth2Scheme, TokenVerifier, openapi::{SplitSecured, routes}, security, verified_claims};
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
/// async fn read_items(_: Depends<verified_claims<Api>>) {}
///
/// let (router, api): (Router<TokenVerifier>, _) = OpenApiRouter::new().routes(routes!(read_items)).split_secured();
/// # let _ = (router, api);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_scopes_routes {
    ($($handler:path),+ $(,)?) => {{
        // In a tuple a name means a type and nothing else, so a function without `#[security]` is told at its name.
        $($crate::private::is_listed::<($handler,), _>(&$handler);)+
        $crate::private::utoipa_routes!($($handler),+)
    }};
}
