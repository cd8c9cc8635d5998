//! aide's documents: the extractors that describe themselves, the finishing, the guards and the schemas.

mod finish;
pub(super) mod input;
pub(crate) mod operation;
mod output;
mod protect;
mod schemas;

use ::aide::transform::TransformOpenApi;

/// Finishes a document: moves what its operations require to where OpenAPI has it.
///
/// For `finish_api_with`. Operations get `security` and `x-enforced-security`, the components get the security schemes,
/// and responses without a description get the name of their status. Finishing twice changes nothing. If two different
/// schemes have the same name, the second gets a number, and that is logged.
///
/// If the document has a `security`, an operation that requires nothing gets `security: [{}]`, so that it does not inherit
/// that. Set the document's `security` before.
///
/// All security schemes of the document become an extension of its components, because aide's own types write
/// `"refreshUrl": null` for a flow without such a URL, which OpenAPI does not allow. So add schemes of your own before.
///
/// ```
/// use aide::{axum::{ApiRouter, routing::get}, openapi::OpenApi};
/// use axum::Router;
/// use axum_scopes::{AuthError, Depends, security, openapi::security_schemes};
///
/// #[security]
/// async fn opening_hours() -> Result<(), AuthError> {
///     Ok(())
/// }
///
/// #[security]
/// async fn shop(_: Depends<opening_hours>) -> String {
///     "come in".to_owned()
/// }
///
/// let mut api = OpenApi::default();
/// let router: Router =
///     ApiRouter::new().api_route("/shop", get(shop)).finish_api_with(&mut api, security_schemes);
///
/// let api = serde_json::to_value(&api).unwrap();
/// assert_eq!(api["paths"]["/shop"]["get"]["responses"]["200"]["description"], "plain text");
/// ```
pub fn security_schemes(mut api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    finish::finish(api.inner_mut());
    api
}
