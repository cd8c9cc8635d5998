//! The metadata of a resource that is known at run time: checked URLs in, a router whose challenges name them out.

use axum::{Router, middleware::map_response, response::Response};

use super::metadata::{Metadata, route};
use crate::{
    scheme::{challenge, info::SchemeInfo, protected_resource::WELL_KNOWN},
    text::{https_url as url, https_url::UrlError, safe_url},
    tree::describe::Describe,
};

/// A [`ProtectedResource`](crate::scheme::ProtectedResource) that is known at run time, say from the environment. Names of scopes
/// still come from the scheme.
///
/// ```
/// use axum::{Router, body::Body, http::Request, routing::get};
/// use axum_scopes::{Bearer, Flows, OAuth2Scheme, resource::ResourceMetadata};
/// use tower::ServiceExt;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::client_credentials("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// async fn items(_: Bearer<Api>) {}
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (url, issuer) = ("https://api.example.com", "https://id.example.com");
/// let resource = ResourceMetadata::new(url)?.authorization_servers([issuer])?;
/// let router: Router = resource.publish::<Bearer<Api>, _>(Router::new().route("/items", get(items)));
///
/// let response = router.oneshot(Request::get("/items").body(Body::empty())?).await?;
/// assert_eq!(
///     response.headers()["www-authenticate"],
///     "Bearer resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource\""
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceMetadata {
    resource: String,
    authorization_servers: Vec<String>,
    name: Option<String>,
}

impl ResourceMetadata {
    /// The resource's identifier, as [`ProtectedResource::new`](crate::scheme::ProtectedResource::new) takes it.
    ///
    /// # Errors
    ///
    /// Where it is none.
    ///
    /// ```
    /// # use axum_scopes::resource::ResourceMetadata;
    /// assert!(ResourceMetadata::new("https://api.example.com/v1").is_ok());
    /// assert!(ResourceMetadata::new("urn:example:api").is_err());
    /// ```
    pub fn new(resource: &str) -> Result<Self, UrlError> {
        if safe_url::parse(resource).is_none() || url::split(resource).is_none() {
            return Err(UrlError);
        }
        Ok(Self { resource: resource.to_owned(), authorization_servers: Vec::new(), name: None })
    }

    /// Who issues tokens for it: issuer identifiers, RFC 8414 §2, of which an [`Issuer`](crate::issuer::Issuer) has one, too.
    ///
    /// # Errors
    ///
    /// Where one of them is none.
    ///
    /// ```
    /// # use axum_scopes::resource::ResourceMetadata;
    /// let resource = ResourceMetadata::new("https://api.example.com")?
    ///     .authorization_servers(["https://id.example.com/realms/main"])?;
    /// assert!(resource.authorization_servers(["id.example.com"]).is_err());
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    pub fn authorization_servers<'a>(self, issuers: impl IntoIterator<Item = &'a str>) -> Result<Self, UrlError> {
        let is_issuer = |url: &str| safe_url::parse(url).is_some_and(|url| url.query().is_none());
        let checked = |url: &str| if is_issuer(url) { Ok(url.to_owned()) } else { Err(UrlError) };
        let authorization_servers = issuers.into_iter().map(checked).collect::<Result<_, _>>()?;
        Ok(Self { authorization_servers, ..self })
    }

    /// A name for people.
    ///
    /// ```
    /// # use axum_scopes::resource::ResourceMetadata;
    /// let resource = ResourceMetadata::new("https://api.example.com")?.name("Shop");
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// `router` with the route of the metadata, RFC 9728 §3, whose bearer challenges say where that is (§5.1). `E` is the
    /// extractor of the scheme whose scopes are listed. To be called on the router that stands at the root of the host,
    /// whatever the path of the resource is; routes that are added later do not name the metadata. Of a header with several
    /// challenges, the first is looked at.
    ///
    /// # Panics
    ///
    /// Where the router has that route already, say of the same resource, published twice.
    ///
    /// An extractor that reads no bearer tokens does not compile here, say `ApiKeyHeader`. Nor does one of a scheme whose
    /// `PROTECTED_RESOURCE` names a resource already.
    ///
    /// ```
    /// use axum::Router;
    /// use axum_scopes::{credential::HttpBearer, resource::ResourceMetadata, scheme::HttpBearerScheme};
    ///
    /// struct Api;
    /// impl HttpBearerScheme for Api {}
    ///
    /// let resource = ResourceMetadata::new("https://api.example.com")?;
    /// let router: Router = resource.publish::<HttpBearer<Api>, _>(Router::new());
    /// # Ok::<(), axum_scopes::resource::UrlError>(())
    /// ```
    pub fn publish<E: Describe, T: Clone + Send + Sync + 'static>(&self, router: Router<T>) -> Router<T> {
        let scheme = const { bearer::<E>() };
        // It was split when it was checked.
        let (origin, path) = url::split(&self.resource).unwrap_or_default();
        let path = url::strip_root(path);
        let url = [origin, WELL_KNOWN, path].concat();
        let metadata = Metadata {
            resource: &self.resource,
            authorization_servers: &self.authorization_servers,
            scopes_supported: scheme.scope_names(),
            bearer_methods_supported: ["header"],
            resource_name: self.name.as_deref(),
        };
        // Handlers write challenges of their own, and those lead to the metadata as well. So finished challenges are read,
        // and a refusal need not be told of the resource: a request would have to carry that for it, accepted or not.
        let named = move |mut response: Response| {
            challenge::name_metadata(response.headers_mut(), &url);
            std::future::ready(response)
        };
        router.layer(map_response(named)).merge(route(path, &metadata))
    }
}

/// The scheme that `E` reads, if its challenges have a place for the metadata and nothing stands there.
#[track_caller]
const fn bearer<E: Describe>() -> &'static SchemeInfo {
    let Some(scheme) = E::NODE.first_scheme() else { panic!("expected the extractor of a scheme") };
    let scheme = scheme.well_formed();
    assert!(scheme.challenges().parameters.is_some(), "this scheme reads no bearer tokens");
    assert!(
        scheme.protected_resource().is_none(),
        "this scheme has a `PROTECTED_RESOURCE`; serve that with `protected_resource_metadata`"
    );
    scheme
}
