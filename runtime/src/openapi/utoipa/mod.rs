//! utoipa's documents: the hook, the finishing, the guards and the schemas.

pub(crate) mod finish;
pub(crate) mod operation;
mod protect;
pub(crate) mod routes;
mod schemas;

use ::utoipa::{Modify, openapi::OpenApi};
use ::utoipa_axum::router::OpenApiRouter;
use axum::Router;

/// Finishes a document: moves what its operations require to where OpenAPI has it.
///
/// Operations get `security` and `x-enforced-security`, the components get the security schemes, and responses without a
/// description, which OpenAPI 3.1 requires, get the name of their status. Finishing twice changes nothing. If two different
/// schemes have the same name, the second gets a number, and that is logged.
///
/// If the document has a `security`, an operation with `#[security]` that requires nothing gets `security: []`, so that
/// it does not inherit that. Other operations do not change.
///
/// ```
/// use axum_scopes::{AuthError, Depends, security, openapi::SecuritySchemes};
/// use utoipa::OpenApi;
///
/// #[security]
/// async fn opening_hours() -> Result<(), AuthError> {
///     Ok(())
/// }
///
/// #[security]
/// #[utoipa::path(get, path = "/shop", responses((status = OK)))]
/// async fn shop(_: Depends<opening_hours>) {}
///
/// #[derive(OpenApi)]
/// #[openapi(paths(shop), modifiers(&SecuritySchemes))]
/// struct Document;
///
/// let api = serde_json::to_value(Document::openapi()).unwrap();
/// assert_eq!(api["paths"]["/shop"]["get"]["responses"]["200"]["description"], "OK");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct SecuritySchemes;

impl Modify for SecuritySchemes {
    fn modify(&self, api: &mut OpenApi) {
        finish::finish(api);
    }
}

/// Splits an [`OpenApiRouter`], instead of `split_for_parts`.
pub trait SplitSecured<S>: sealed::Sealed {
    /// The router, and its document, finished as by [`SecuritySchemes`].
    fn split_secured(self) -> (Router<S>, OpenApi);
}

impl<S: Clone + Send + Sync + 'static> SplitSecured<S> for OpenApiRouter<S> {
    fn split_secured(self) -> (Router<S>, OpenApi) {
        let (router, mut api) = self.split_for_parts();
        finish::finish(&mut api);
        (router, api)
    }
}

mod sealed {
    pub trait Sealed {}
    impl<S> Sealed for utoipa_axum::router::OpenApiRouter<S> {}
}
