//! The metadata of a resource that is known only at run time: takes URLs, yields a router whose challenges name them.

use axum::{Router, middleware::map_response, response::Response};

use super::{
    metadata::{Metadata, route},
    senders::Senders,
};
use crate::{
    resource::cors::expose_challenges,
    scheme::{challenge, info::SchemeInfo, protected_resource::WELL_KNOWN},
    text::{https_url as url, https_url::UrlError, safe_url},
    tree::describe::Describe,
};

/// A [`ProtectedResource`](crate::scheme::ProtectedResource) that is known only at run time, for example from the
/// environment. Its scopes still come from the scheme.
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
    cors: bool,
}

impl ResourceMetadata {
    /// The resource's identifier, as [`ProtectedResource::new`](crate::scheme::ProtectedResource::new) takes it.
    ///
    /// # Errors
    ///
    /// [`UrlError`] if it is not a resource identifier.
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
        Ok(Self { resource: resource.to_owned(), authorization_servers: Vec::new(), name: None, cors: false })
    }

    /// Sets the issuers of its tokens by their issuer identifiers (RFC 8414 §2), as [`Issuer`](crate::issuer::Issuer) has
    /// them.
    ///
    /// # Errors
    ///
    /// [`UrlError`] if one is not an issuer identifier, or if there is none: whoever sets a list has forgotten something if it is empty. MCP
    /// clients need at least one.
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
        let authorization_servers = issuers.into_iter().map(checked).collect::<Result<Vec<_>, _>>()?;
        if authorization_servers.is_empty() {
            return Err(UrlError);
        }
        Ok(Self { authorization_servers, ..self })
    }

    /// Sets a name for people.
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

    /// Lets pages of all origins read the metadata, as MCP clients in browsers have to. What it names is then known to every page that a
    /// user of the service visits, also behind a firewall. [`publish`](Self::publish) then exposes the challenges of the router, too, by
    /// [`expose_challenges`](crate::resource::expose_challenges). Which pages may call the other routes, the service says itself.
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request};
    /// use axum_scopes::{credential::HttpBearer, resource::ResourceMetadata, scheme::HttpBearerScheme};
    /// use tower::ServiceExt;
    ///
    /// struct Api;
    /// impl HttpBearerScheme for Api {}
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let resource = ResourceMetadata::new("https://api.example.com")?.cors();
    /// let router: Router = resource.publish::<HttpBearer<Api>, _>(Router::new());
    /// let request = Request::get("/.well-known/oauth-protected-resource").body(Body::empty())?;
    /// assert_eq!(router.oneshot(request).await?.headers()["access-control-allow-origin"], "*");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn cors(self) -> Self {
        Self { cors: true, ..self }
    }

    /// Adds the metadata route to `router` (RFC 9728 §3), and its URL to the router's challenges for tokens, `Bearer` and
    /// `DPoP` (§5.1). `E` is an extractor of the scheme whose scopes are listed. Call it on the router at the root of the host,
    /// whatever the path of the resource is. The challenges of routes that are added later do not name the metadata. In a header
    /// with several challenges, only the first can name it.
    ///
    /// An extractor without bearer tokens, such as `ApiKeyHeader`, does not compile, and neither does one of a scheme with a
    /// `PROTECTED_RESOURCE`.
    ///
    /// # Panics
    ///
    /// If the router has this route already, for example because the resource is published twice.
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
        // `new` has checked that it can be split.
        let (origin, path) = url::split(&self.resource).unwrap_or_default();
        let path = url::strip_root(path);
        let url = [origin, WELL_KNOWN, path].concat();
        let metadata = Metadata {
            resource: &self.resource,
            authorization_servers: &self.authorization_servers,
            scopes_supported: scheme.scopes_supported(),
            bearer_methods_supported: ["header"],
            senders: Senders::of(scheme.sender()),
            resource_name: self.name.as_deref(),
            cors: self.cors,
        };
        // The challenges are changed in the finished response, because handlers can write their own. It also saves each accepted
        // request from carrying the URL.
        let named = move |mut response: Response| {
            challenge::name_metadata(response.headers_mut(), &url);
            std::future::ready(response)
        };
        let router = router.layer(map_response(named));
        let router = if self.cors { expose_challenges(router) } else { router };
        router.merge(route(path, &metadata))
    }
}

/// The scheme of `E`, whose challenges can name the metadata and do not yet.
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
