//! The metadata route of a protected resource that is constant.

use axum::{
    Router,
    body::Bytes,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    routing::get,
};
use serde::Serialize;

use super::senders::Senders;
use crate::{
    resource::cors::readable_by_pages,
    scheme::{info::SchemeInfo, protected_resource::WELL_KNOWN},
    text::https_url as url,
    tree::describe::Describe,
};

/// RFC 9728 §2.
#[derive(Serialize)]
pub(super) struct Metadata<'a, Url: Serialize> {
    pub(super) resource: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) authorization_servers: &'a [Url],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) scopes_supported: Vec<&'static str>,
    pub(super) bearer_methods_supported: [&'static str; 1],
    #[serde(flatten)]
    pub(super) senders: Senders,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resource_name: Option<&'a str>,
    /// Whether pages of all origins can read it.
    #[serde(skip)]
    pub(super) cors: bool,
}

/// The metadata route that the challenges of a scheme name (RFC 9728 §3). `E` is an extractor of the scheme. Merge the route
/// into the router at the root of the host, whatever the path of the resource is.
///
/// The response consists of the scheme's constants, and may be cached for an hour. If the URL or the issuers are known only
/// at run time, use [`ResourceMetadata`](crate::resource::ResourceMetadata).
///
/// ```
/// use axum::{Router, body::Body, http::Request};
/// use axum_scopes::{Bearer, Flows, OAuth2Scheme, resource::protected_resource_metadata, scheme::ProtectedResource};
/// use tower::ServiceExt;
///
/// struct Api;
///
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://api.example/v1"));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let router: Router = Router::new().merge(protected_resource_metadata::<Bearer<Api>, _>());
/// let request = Request::get("/.well-known/oauth-protected-resource/v1").body(Body::empty())?;
/// assert_eq!(router.oneshot(request).await?.status(), 200);
/// # Ok(())
/// # }
/// ```
///
/// A scheme without [`PROTECTED_RESOURCE`](crate::OAuth2Scheme::PROTECTED_RESOURCE) does not compile here.
pub fn protected_resource_metadata<E: Describe, T: Clone + Send + Sync + 'static>() -> Router<T> {
    let (scheme, metadata, path) = const { described::<E>() };
    route(path, &Metadata { scopes_supported: scheme.scopes_supported(), ..metadata })
}

/// The route of `metadata`. `path` is the path of the resource.
pub(super) fn route<T: Clone + Send + Sync + 'static>(
    path: &str,
    metadata: &Metadata<'_, impl Serialize>,
) -> Router<T> {
    // Strings cannot fail to serialise.
    let body = Bytes::from(serde_json::to_vec(metadata).unwrap_or_default());
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    let methods = get(async move || (headers, body));
    Router::new().route(&[WELL_KNOWN, path].concat(), if metadata.cors { readable_by_pages(methods) } else { methods })
}

/// The scheme, its constant metadata, and the path of its resource.
#[track_caller]
const fn described<E: Describe>() -> (&'static SchemeInfo, Metadata<'static, &'static str>, &'static str) {
    let Some(scheme) = E::NODE.first_scheme() else { panic!("expected the extractor of a scheme") };
    let Some(resource) = scheme.well_formed().protected_resource() else {
        panic!("this scheme has no `PROTECTED_RESOURCE`")
    };
    let Some((_, path)) = url::split(resource.resource) else { panic!("a protected resource is an `https` URL") };
    let metadata = Metadata {
        resource: resource.resource,
        authorization_servers: resource.authorization_servers,
        scopes_supported: Vec::new(),
        bearer_methods_supported: ["header"],
        senders: Senders::of(scheme.sender()),
        resource_name: resource.name,
        cors: resource.cors,
    };
    (scheme, metadata, url::strip_root(path))
}
