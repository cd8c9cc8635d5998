//! Replaces the URLs of a scheme in a finished document by those of an issuer that is known only at run time.

use serde_json::{Map, Value};

use super::{definition::definition, document::DocumentError, finishing::names};
use crate::{
    scheme::{endpoints::Endpoints, info::SchemeInfo, kind::SchemeKind},
    tree::describe::Describe,
};

/// Sets the endpoints of an issuer that is known only at run time, in a finished document of utoipa or aide.
///
/// A scheme's URLs are constants. If the issuer is configured at run time, they are placeholders, and this replaces all of
/// them. Scopes and their descriptions stay the constants.
///
#[cfg_attr(feature = "utoipa", doc = "```")]
#[cfg_attr(not(feature = "utoipa"), doc = "```ignore")]
/// use axum_scopes::{
///     Bearer, Depends, Flows, OAuth2Scheme, openapi::{SetEndpoints, SplitSecured, routes}, scheme::Endpoints,
///     security,
/// };
/// use utoipa_axum::router::OpenApiRouter;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::authorization_code("https://issuer.invalid/authorize", "https://issuer.invalid/token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security]
/// #[utoipa::path(get, path = "/items")]
/// async fn read_items(_: Bearer<Api>) {}
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (router, mut api) = OpenApiRouter::<()>::new().routes(routes!(read_items)).split_secured();
/// api.set_endpoints::<Bearer<Api>>(&Endpoints::new("https://id.example/authorize", "https://id.example/token")?)?;
///
/// let api = serde_json::to_value(&api)?;
/// let flow = &api["components"]["securitySchemes"]["OAuth2AuthorizationCodeBearer"]["flows"]["authorizationCode"];
/// assert_eq!(flow["tokenUrl"], "https://id.example/token");
/// # Ok(())
/// # }
/// ```
pub trait SetEndpoints: sealed::Document {
    /// Writes `endpoints` into all flows of the OAuth2 scheme that `E` reads. The token URL also becomes the refresh URL (RFC 6749
    /// §6). A scheme of another kind does not compile.
    ///
    /// # Errors
    ///
    /// [`DocumentError`] if the document has no such scheme: it is not finished, no operation requires the scheme, or its
    /// endpoints are already set.
    fn set_endpoints<E: Describe>(&mut self, endpoints: &Endpoints) -> Result<(), DocumentError>;
}

impl<D: sealed::Document> SetEndpoints for D {
    fn set_endpoints<E: Describe>(&mut self, endpoints: &Endpoints) -> Result<(), DocumentError> {
        let scheme = const { oauth2::<E>() };
        let constant = definition(scheme);
        for name in names(scheme.name()) {
            let mut found = self.scheme(&name).ok_or_else(DocumentError::no_scheme)?;
            if found == constant {
                write(&mut found, endpoints);
                return self.replace(&name, found).ok_or_else(DocumentError::no_scheme);
            }
        }
        Err(DocumentError::no_scheme())
    }
}

/// Replaces the URLs that are present.
fn write(scheme: &mut Value, endpoints: &Endpoints) {
    let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
    for flow in flows.into_iter().flat_map(Map::values_mut) {
        for (name, url) in [
            ("authorizationUrl", endpoints.authorization_url()),
            ("tokenUrl", endpoints.token_url()),
            ("refreshUrl", endpoints.token_url()),
        ] {
            if let Some(constant) = flow.get_mut(name) {
                *constant = url.into();
            }
        }
    }
}

#[track_caller]
const fn oauth2<E: Describe>() -> &'static SchemeInfo {
    match E::NODE.first_scheme() {
        Some(scheme) if matches!(scheme.kind(), SchemeKind::OAuth2(_)) => scheme,
        _ => panic!("expected the extractor of an OAuth2 scheme"),
    }
}

pub(super) mod sealed {
    use serde_json::Value;

    /// A document's Security Scheme Objects.
    pub trait Document {
        fn scheme(&self, name: &str) -> Option<Value>;
        /// `None` if the document has no scheme of this name.
        fn replace(&mut self, name: &str, scheme: Value) -> Option<()>;
    }
}
