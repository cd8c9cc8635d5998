//! The flows of an OAuth2 scheme, as constants: by which URLs a client gets a token.

/// The flows of an OAuth2 scheme (OpenAPI 3.1 §4.8.28). URLs may be relative to the document.
///
/// ```
/// use axum_scopes::Flows;
///
/// const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token")
///     .with_refresh_url("https://id.example/refresh")
///     .and(Flows::client_credentials("https://id.example/token"));
/// assert_eq!(FLOWS.authorization_code_flow().unwrap().token_url(), Some("https://id.example/token"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flows {
    implicit: Option<Flow>,
    password: Option<Flow>,
    client_credentials: Option<Flow>,
    authorization_code: Option<Flow>,
}

/// One flow of an OAuth2 scheme (OpenAPI 3.1 §4.8.29).
///
/// ```
/// let flow = axum_scopes::Flows::password("token").password_flow().unwrap();
/// assert_eq!((flow.token_url(), flow.authorization_url(), flow.refresh_url()), (Some("token"), None, None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    authorization_url: Option<&'static str>,
    token_url: Option<&'static str>,
    refresh_url: Option<&'static str>,
}

impl Flows {
    const NONE: Self = Self { implicit: None, password: None, client_credentials: None, authorization_code: None };

    /// The password flow: the client sends name and password to `token_url` (RFC 6749 §4.3).
    #[must_use]
    pub const fn password(token_url: &'static str) -> Self {
        Self { password: Some(Flow::new(None, Some(token_url))), ..Self::NONE }
    }

    /// The authorization code flow: the user logs in at `authorization_url`, and the client exchanges the code at `token_url`
    /// (RFC 6749 §4.1).
    #[must_use]
    pub const fn authorization_code(authorization_url: &'static str, token_url: &'static str) -> Self {
        Self { authorization_code: Some(Flow::new(Some(authorization_url), Some(token_url))), ..Self::NONE }
    }

    /// The client credentials flow: the client itself is the principal (RFC 6749 §4.4).
    #[must_use]
    pub const fn client_credentials(token_url: &'static str) -> Self {
        Self { client_credentials: Some(Flow::new(None, Some(token_url))), ..Self::NONE }
    }

    /// The implicit flow: the redirect has the token (RFC 6749 §4.2). RFC 9700 §2.1.2 advises against it.
    #[must_use]
    pub const fn implicit(authorization_url: &'static str) -> Self {
        Self { implicit: Some(Flow::new(Some(authorization_url), None)), ..Self::NONE }
    }

    /// These flows and those of `other`. If both have a flow, that of `other` counts.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            implicit: either(other.implicit, self.implicit),
            password: either(other.password, self.password),
            client_credentials: either(other.client_credentials, self.client_credentials),
            authorization_code: either(other.authorization_code, self.authorization_code),
        }
    }

    /// The same flows with this URL to refresh their tokens (RFC 6749 §6).
    #[must_use]
    pub const fn with_refresh_url(self, url: &'static str) -> Self {
        Self {
            implicit: refreshed(self.implicit, url),
            password: refreshed(self.password, url),
            client_credentials: refreshed(self.client_credentials, url),
            authorization_code: refreshed(self.authorization_code, url),
        }
    }

    /// The implicit flow, if the scheme has it.
    #[must_use]
    pub const fn implicit_flow(&self) -> Option<Flow> {
        self.implicit
    }

    /// The password flow, if the scheme has it.
    #[must_use]
    pub const fn password_flow(&self) -> Option<Flow> {
        self.password
    }

    /// The client credentials flow, if the scheme has it.
    #[must_use]
    pub const fn client_credentials_flow(&self) -> Option<Flow> {
        self.client_credentials
    }

    /// The authorization code flow, if the scheme has it.
    #[must_use]
    pub const fn authorization_code_flow(&self) -> Option<Flow> {
        self.authorization_code
    }

    pub(super) const fn default_name(&self) -> &'static str {
        match self {
            Self { password: Some(_), implicit: None, client_credentials: None, authorization_code: None } => {
                "OAuth2PasswordBearer"
            }
            Self { authorization_code: Some(_), implicit: None, client_credentials: None, password: None } => {
                "OAuth2AuthorizationCodeBearer"
            }
            _ => "OAuth2",
        }
    }
}

impl Flow {
    const fn new(authorization_url: Option<&'static str>, token_url: Option<&'static str>) -> Self {
        Self { authorization_url, token_url, refresh_url: None }
    }

    /// The URL where the user logs in.
    #[must_use]
    pub const fn authorization_url(&self) -> Option<&'static str> {
        self.authorization_url
    }

    /// The URL where the client gets tokens.
    #[must_use]
    pub const fn token_url(&self) -> Option<&'static str> {
        self.token_url
    }

    /// The URL where the client refreshes them.
    #[must_use]
    pub const fn refresh_url(&self) -> Option<&'static str> {
        self.refresh_url
    }
}

const fn either(first: Option<Flow>, second: Option<Flow>) -> Option<Flow> {
    if first.is_some() { first } else { second }
}

const fn refreshed(flow: Option<Flow>, url: &'static str) -> Option<Flow> {
    match flow {
        Some(flow) => Some(Flow { refresh_url: Some(url), ..flow }),
        None => None,
    }
}
