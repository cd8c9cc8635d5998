//! The protected resource of a scheme, as a constant (RFC 9728).

use crate::text::{
    constant::Text,
    https_url::{self as url, MOST_URL},
};

/// The part of a metadata URL between host and path, RFC 9728 §3.
pub(crate) const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The service as clients know it (RFC 9728): a constant of its scheme.
///
/// Challenges then have the URL of the metadata (§5.1), and
/// [`protected_resource_metadata`](crate::resource::protected_resource_metadata) serves the metadata. So a client that knows
/// only the URL of the service finds out where to log in, and for which scopes.
///
/// ```
/// use axum_scopes::{Flows, OAuth2Scheme, scheme::{ErrorStyle, ProtectedResource}};
///
/// struct Api;
///
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
///     const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(
///         ProtectedResource::new("https://api.example/v1").with_authorization_servers(&["https://id.example"]),
///     );
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProtectedResource {
    pub(crate) resource: &'static str,
    pub(crate) authorization_servers: &'static [&'static str],
    pub(crate) name: Option<&'static str>,
    /// Whether pages of all origins can read the metadata.
    pub(crate) cors: bool,
}

impl ProtectedResource {
    /// A resource with this identifier (RFC 9728 §1.2): the absolute URL, without a query, that all its routes begin with.
    ///
    /// It is `https`, or `http` on `localhost`, `127.0.0.1` or `[::1]`, and has at most 400 bytes. A scheme with another URL does
    /// not compile where it is used.
    #[must_use]
    pub const fn new(resource: &'static str) -> Self {
        Self { resource, authorization_servers: &[], name: None, cors: false }
    }

    /// The same resource with the issuers of its tokens: issuer identifiers (RFC 8414 §2), which are URLs of the same form.
    #[must_use]
    pub const fn with_authorization_servers(self, issuers: &'static [&'static str]) -> Self {
        Self { authorization_servers: issuers, ..self }
    }

    /// The same resource with a name for people.
    #[must_use]
    pub const fn with_name(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// The same resource with metadata that pages of all origins can read, like
    /// [`ResourceMetadata::cors`](crate::resource::ResourceMetadata::cors). The challenges of a router are exposed by
    /// [`expose_challenges`](crate::resource::expose_challenges).
    #[must_use]
    pub const fn with_cors(self) -> Self {
        Self { cors: true, ..self }
    }

    /// The resource's identifier.
    ///
    /// ```
    /// # use axum_scopes::scheme::ProtectedResource;
    /// assert_eq!(ProtectedResource::new("https://api.example").resource(), "https://api.example");
    /// ```
    #[must_use]
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// The URL of its metadata. RFC 9728 §3.1 puts the well-known part between host and path.
    pub(crate) const fn metadata_url(&self) -> Option<Text<MOST_URL>> {
        match url::split(self.resource) {
            Some((origin, path)) => Some(Text::new().put(origin).put(WELL_KNOWN).put(url::strip_root(path))),
            None => None,
        }
    }

    /// The first mistake in the constants, if there is one.
    pub(crate) const fn mistake(&self) -> Option<&'static str> {
        if url::split(self.resource).is_none() {
            return Some("has a wrong `PROTECTED_RESOURCE`; use an `https` URL without user, query and fragment");
        }
        let mut i = 0;
        while i < self.authorization_servers.len() {
            if url::split(self.authorization_servers[i]).is_none() {
                return Some("has a wrong authorization server; use an `https` URL without user, query and fragment");
            }
            i += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_any_url_is_found() {
        let good = ProtectedResource::new("https://api.example");
        for (resource, is_good) in [
            (good, true),
            (good.with_authorization_servers(&["https://id.example", "http://localhost:9000/realm"]), true),
            (good.with_authorization_servers(&["https://id.example", "http://id.example"]), false),
            (good.with_authorization_servers(&["/login"]), false),
            (ProtectedResource::new("http://api.example"), false),
        ] {
            assert_eq!(resource.mistake().is_none(), is_good, "{resource:?}");
        }
    }
}
