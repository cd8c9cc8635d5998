//! What a scheme says of itself, as a constant.

use axum::response::Response;

use super::{
    api_key::ApiKeyScheme,
    http::{HttpBasicScheme, HttpBearerScheme, HttpDigestScheme},
    oauth2::{Flows, OAuth2Scheme},
    open_id_connect::OpenIdConnectScheme,
};
use crate::{
    error::AuthError,
    scheme::{
        challenge::{self, Challenges},
        error_response::ErrorResponse,
        error_style::ErrorStyle,
        protected_resource::ProtectedResource,
    },
    scopes::grammar::same,
};

/// A security scheme's name, description and scopes: what the checks and the documentation know of it.
///
/// ```
/// use axum_scopes::scheme::SchemeInfo;
///
/// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken")
///     .with_description("A token from the settings page.")
///     .with_scopes(&[("items", "Read items.")]);
/// assert_eq!(API_TOKEN.scopes()[0].0, "items");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemeInfo {
    name: &'static str,
    description: Option<&'static str>,
    scopes: &'static [(&'static str, &'static str)],
    kind: SchemeKind,
    challenges: Challenges,
    resource: Option<ProtectedResource>,
    style: ErrorStyle,
    error_response: Option<ErrorResponse>,
}

/// What a scheme is to the documentation, with what only schemes of that kind say.
///
/// ```
/// use axum_scopes::scheme::{SchemeInfo, SchemeKind};
///
/// const SESSION: SchemeInfo = SchemeInfo::new("Session").with_kind(SchemeKind::ApiKeyCookie("session"));
/// assert_eq!(SESSION.kind(), SchemeKind::ApiKeyCookie("session"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "a constant, read in place")]
pub enum SchemeKind {
    /// A scheme of the service's own, read from the `Authorization` header.
    Other,
    /// OAuth2, with its flows.
    OAuth2(Flows),
    /// OpenID Connect, with the URL of the provider's metadata.
    OpenIdConnect(&'static str),
    /// HTTP bearer, with the format of its tokens.
    HttpBearer(Option<&'static str>),
    /// HTTP basic.
    HttpBasic,
    /// HTTP digest.
    HttpDigest,
    /// An API key in the header of this name.
    ApiKeyHeader(&'static str),
    /// An API key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// An API key in the cookie of this name.
    ApiKeyCookie(&'static str),
}

impl SchemeInfo {
    /// A scheme of your own that declares no scopes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            description: None,
            scopes: &[],
            kind: SchemeKind::Other,
            challenges: Challenges::BEARER,
            resource: None,
            style: ErrorStyle::FastApi,
            error_response: None,
        }
    }

    /// What an OAuth2 scheme's constants say: for an extractor of your own that reads the token elsewhere.
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
    /// ```
    #[must_use]
    pub const fn oauth2<S: OAuth2Scheme>() -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind: SchemeKind::OAuth2(S::FLOWS),
            challenges: challenge::Of::<challenge::OAuth2<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// What an OpenID Connect scheme's constants say.
    #[must_use]
    pub const fn open_id_connect<S: OpenIdConnectScheme>() -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind: SchemeKind::OpenIdConnect(S::OPEN_ID_CONNECT_URL),
            challenges: challenge::Of::<challenge::OpenIdConnect<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// What an HTTP bearer scheme's constants say.
    #[must_use]
    pub const fn http_bearer<S: HttpBearerScheme>() -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind: SchemeKind::HttpBearer(S::BEARER_FORMAT),
            challenges: challenge::Of::<challenge::HttpBearer<S>>::CHALLENGES,
            resource: S::PROTECTED_RESOURCE,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// What an HTTP basic scheme's constants say.
    #[must_use]
    pub const fn http_basic<S: HttpBasicScheme>() -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind: SchemeKind::HttpBasic,
            challenges: challenge::Basic::<S>::CHALLENGES,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// What an HTTP digest scheme's constants say.
    #[must_use]
    pub const fn http_digest<S: HttpDigestScheme>() -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind: SchemeKind::HttpDigest,
            challenges: Challenges::DIGEST,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// What the constants of an API key in a header say.
    #[must_use]
    pub const fn api_key_header<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyHeader(S::PARAMETER))
    }

    /// What the constants of an API key in the query say.
    #[must_use]
    pub const fn api_key_query<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyQuery(S::PARAMETER))
    }

    /// What the constants of an API key in a cookie say.
    #[must_use]
    pub const fn api_key_cookie<S: ApiKeyScheme>() -> Self {
        Self::api_key::<S>(SchemeKind::ApiKeyCookie(S::PARAMETER))
    }

    const fn api_key<S: ApiKeyScheme>(kind: SchemeKind) -> Self {
        Self {
            description: S::DESCRIPTION,
            scopes: S::SCOPES,
            kind,
            challenges: Challenges::API_KEY,
            style: S::ERROR_STYLE,
            ..Self::new(S::NAME)
        }
        .answering(S::ERROR_RESPONSE)
    }

    /// Text for the documentation.
    #[must_use]
    pub const fn with_description(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The scopes that exist, each with its description. Requiring any other does not compile.
    #[must_use]
    pub const fn with_scopes(self, scopes: &'static [(&'static str, &'static str)]) -> Self {
        Self { scopes, ..self }
    }

    /// What the scheme is to the documentation, and what a client without a credential is asked for.
    #[must_use]
    pub const fn with_kind(self, kind: SchemeKind) -> Self {
        let challenges = match kind {
            SchemeKind::HttpBasic => Challenges::BASIC,
            SchemeKind::HttpDigest => Challenges::DIGEST,
            SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
                Challenges::API_KEY
            }
            // With the realm that it may have already.
            _ if self.challenges.parameters.is_some() => self.challenges,
            _ => Challenges::BEARER,
        };
        Self { kind, challenges, ..self }
    }

    /// How the dependencies above the scheme refuse.
    #[must_use]
    pub const fn with_error_style(self, style: ErrorStyle) -> Self {
        Self { style, ..self }
    }

    /// The service's own response to all refusals of the scheme, as
    /// [`OAuth2Scheme::ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) describes it.
    ///
    /// ```
    /// use axum::response::{IntoResponse, Response};
    /// use axum_scopes::{AuthError, scheme::SchemeInfo};
    ///
    /// fn refusal(error: &AuthError) -> Response {
    ///     error.detail().into_owned().into_response()
    /// }
    ///
    /// const API_TOKEN: SchemeInfo = SchemeInfo::new("ApiToken").with_error_response(refusal);
    /// assert_ne!(API_TOKEN, SchemeInfo::new("ApiToken"));
    /// ```
    #[must_use]
    pub const fn with_error_response(self, response: fn(&AuthError) -> Response) -> Self {
        self.answering(Some(response))
    }

    const fn answering(self, response: Option<fn(&AuthError) -> Response>) -> Self {
        let error_response = match response {
            Some(response) => Some(ErrorResponse(response)),
            None => None,
        };
        Self { error_response, ..self }
    }

    /// The name, unique in one service.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Text for the documentation.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The scopes that exist, each with its description.
    #[must_use]
    pub const fn scopes(&self) -> &'static [(&'static str, &'static str)] {
        self.scopes
    }

    /// What the scheme is to the documentation.
    #[must_use]
    pub const fn kind(&self) -> SchemeKind {
        self.kind
    }

    /// How the dependencies above the scheme refuse.
    #[must_use]
    pub const fn error_style(&self) -> ErrorStyle {
        self.style
    }

    /// What makes a response of a refusal, if that is the service's own.
    pub(crate) fn error_response(&self) -> Option<fn(&AuthError) -> Response> {
        self.error_response.map(|response| response.0)
    }

    /// What clients are asked for.
    pub(crate) const fn challenges(&self) -> &Challenges {
        &self.challenges
    }

    /// The challenge for a credential that is no good, where no scopes are named.
    pub(crate) const fn unauthorized(&self) -> &'static str {
        match self.error_style() {
            ErrorStyle::FastApi => self.challenges().plain,
            ErrorStyle::Rfc6750 => self.challenges().invalid_token,
        }
    }

    pub(crate) const fn protected_resource(&self) -> Option<ProtectedResource> {
        self.resource
    }

    pub(crate) fn scope_names(&self) -> Vec<&'static str> {
        self.scopes.iter().map(|(name, _)| *name).collect()
    }

    pub(crate) const fn declares(&self, scope: &str) -> bool {
        let mut i = 0;
        while i < self.scopes.len() {
            if same(self.scopes[i].0, scope) {
                return true;
            }
            i += 1;
        }
        false
    }
}
