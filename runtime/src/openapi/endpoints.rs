//! The URLs of a scheme in a finished document, replaced by those of an issuer that is known at run time.

use serde_json::{Map, Value};

use super::{definition::definition, document::DocumentError};
use crate::{
    scheme::{endpoints::Endpoints, info::SchemeInfo, kind::SchemeKind},
    tree::describe::Describe,
};

/// What a finished document of utoipa or aide can be told when the service knows where its issuer is.
///
/// A scheme's URLs are constants. Where they are only placeholders, since the issuer is configured at run time, this writes
/// its endpoints over all of them. Scopes and their descriptions stay what the constants say.
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
    /// Writes `endpoints` into all flows of the OAuth2 scheme that `E` reads: the authorization URL, and the token URL, which
    /// is where tokens are refreshed, too (RFC 6749 §6).
    ///
    /// A scheme that is not OAuth2's does not compile.
    ///
    /// # Errors
    ///
    /// Where the document has no such scheme: it is not finished, no operation requires the scheme, or its endpoints have
    /// been set.
    fn set_endpoints<E: Describe>(&mut self, endpoints: &Endpoints) -> Result<(), DocumentError>;
}

impl<D: sealed::Document> SetEndpoints for D {
    fn set_endpoints<E: Describe>(&mut self, endpoints: &Endpoints) -> Result<(), DocumentError> {
        let scheme = const { oauth2::<E>() };
        let constant = definition(scheme);
        // As finishing names them, where two schemes have one name.
        let numbered = (2..).map(|n| format!("{}_{n}", scheme.name()));
        for name in std::iter::once(scheme.name().to_owned()).chain(numbered) {
            let mut found = self.scheme(&name).ok_or_else(DocumentError::no_scheme)?;
            if found == constant {
                write(&mut found, endpoints);
                return self.replace(&name, found).ok_or_else(DocumentError::no_scheme);
            }
        }
        Err(DocumentError::no_scheme())
    }
}

/// Over the URLs that there are.
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
        /// `None` where the document has no place for it.
        fn replace(&mut self, name: &str, scheme: Value) -> Option<()>;
    }
}
