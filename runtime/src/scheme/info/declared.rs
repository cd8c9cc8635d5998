//! From the constants of a scheme's type to the [`SchemeInfo`] of the scheme.

use super::SchemeInfo;
use crate::{
    scheme::{
        api_key::ApiKeyScheme,
        challenge::{
            Challenges,
            declared::{BasicScheme, BearerScheme, HttpBearer, OAuth2, OpenIdConnect},
        },
        error_response::{ErrorResponse, Responder},
        error_style::ErrorStyle,
        http::{HttpBasicScheme, HttpBearerScheme, HttpDigestScheme},
        kind::SchemeKind,
        oauth2::OAuth2Scheme,
        open_id_connect::OpenIdConnectScheme,
    },
    scopes::implied::Implies,
};

impl SchemeInfo {
    /// The constants of an OAuth2 scheme, for an extractor of your own that reads its token from another place.
    ///
    /// ```
    /// use axum_scopes::{Flows, OAuth2Scheme, scheme::SchemeInfo, tree::{Describe, Node}};
    ///
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    /// # }
    /// struct TokenInQuery(String);
    ///
    /// impl Describe for TokenInQuery {
    ///     const NODE: &'static Node = &Node::scheme(&SchemeInfo::oauth2::<Api>());
    /// }
    /// assert_eq!(SchemeInfo::oauth2::<Api>().scopes(), Api::SCOPES);
    /// ```
    #[must_use]
    pub const fn oauth2<S: OAuth2Scheme>() -> Self {
        Self {
            kind: SchemeKind::OAuth2(S::FLOWS),
            challenges: BearerScheme::<OAuth2<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            basic_scopes: S::BASIC_SCOPES,
            sender: S::SENDER,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants of an OpenID Connect scheme.
    #[must_use]
    pub const fn open_id_connect<S: OpenIdConnectScheme>() -> Self {
        Self {
            kind: SchemeKind::OpenIdConnect(S::OPEN_ID_CONNECT_URL),
            challenges: BearerScheme::<OpenIdConnect<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            basic_scopes: S::BASIC_SCOPES,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants of an HTTP bearer scheme.
    #[must_use]
    pub const fn http_bearer<S: HttpBearerScheme>() -> Self {
        Self {
            kind: SchemeKind::HttpBearer(S::BEARER_FORMAT),
            challenges: BearerScheme::<HttpBearer<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            basic_scopes: S::BASIC_SCOPES,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants of an HTTP basic scheme.
    #[must_use]
    pub const fn http_basic<S: HttpBasicScheme>() -> Self {
        Self {
            kind: SchemeKind::HttpBasic,
            challenges: BasicScheme::<S>::CHALLENGES,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants of an HTTP digest scheme.
    #[must_use]
    pub const fn http_digest<S: HttpDigestScheme>() -> Self {
        Self {
            kind: SchemeKind::HttpDigest,
            challenges: Challenges::DIGEST,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants of an API key in a header.
    #[must_use]
    pub const fn api_key_header<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyHeader(S::PARAMETER))
    }

    /// The constants of an API key in the query.
    #[must_use]
    pub const fn api_key_query<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyQuery(S::PARAMETER))
    }

    /// The constants of an API key in a cookie.
    #[must_use]
    pub const fn api_key_cookie<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyCookie(S::PARAMETER))
    }

    const fn api_key<S: ApiKeyScheme>(kind: SchemeKind) -> Self {
        Self {
            kind,
            challenges: Challenges::API_KEY,
            ..Self::declared(S::NAME, S::DESCRIPTION, (S::SCOPES, S::IMPLIES), S::ERROR_STYLE, S::ERROR_RESPONSE)
        }
    }

    /// The constants that every scheme trait has.
    const fn declared(
        name: &'static str,
        description: Option<&'static str>,
        (scopes, implies): (&'static [(&'static str, &'static str)], Implies),
        style: ErrorStyle,
        responder: Option<Responder>,
    ) -> Self {
        let error_response = match responder {
            Some(responder) => Some(ErrorResponse(responder)),
            None => None,
        };
        Self { description, implies, style, error_response, ..Self::new(name) }.with_scopes(scopes)
    }
}
