//! OAuth2 schemes as constants of a type.

use crate::scheme::{
    error_response::Responder, error_style::ErrorStyle, flows::Flows, protected_resource::ProtectedResource,
    sender::Sender,
};

/// An OAuth2 scheme: the scopes that exist, and the flows by which a client gets a token (RFC 6749).
///
/// ```
/// use axum_scopes::{Flows, OAuth2Scheme};
///
/// pub struct Api;
///
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[
///         ("me", "Read information about the current user."),
///         ("items", "Read items."),
///     ];
/// }
/// assert_eq!(Api::NAME, "OAuth2PasswordBearer");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an OAuth2 scheme",
    label = "expected a type that implements `OAuth2Scheme`",
    note = "declare it: `impl OAuth2Scheme for {Self} {{ const FLOWS: Flows = …; const SCOPES: &[(&str, &str)] = …; }}`"
)]
pub trait OAuth2Scheme: Send + Sync + 'static {
    /// The name in the document. It is unique in one service. The default is FastAPI's name for these flows, so a second scheme
    /// with the same flows needs another name.
    const NAME: &'static str = Self::FLOWS.default_name();
    /// The description in the document.
    const DESCRIPTION: Option<&'static str> = None;
    /// The flows by which a client gets a token.
    const FLOWS: Flows;
    /// The scopes of the scheme, each with its description. Requiring another scope does not compile.
    const SCOPES: &'static [(&'static str, &'static str)];
    /// Scopes that include others: whoever is granted the first of a pair is granted the second ones, and what these include.
    /// All of them are in `SCOPES`.
    ///
    /// ```
    /// use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, security};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] =
    ///         &[("items:read", "Read items."), ("items:write", "Write items."), ("admin", "Everything.")];
    ///     const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items:write"]), ("items:write", &["items:read"])];
    /// }
    ///
    /// #[security]
    /// async fn check_token(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    ///     # let granted = Scopes::from(token.as_str());
    ///     // … verify the token …
    ///     required.check(&granted)
    /// }
    ///
    /// #[security(scopes = ["items:read"])]
    /// async fn read_items(_: Depends<check_token>) {}
    ///
    /// # use axum::{Router, body::Body, http::Request, routing::get};
    /// # use tower::ServiceExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router: Router = Router::new().route("/items", get(read_items));
    /// // The test's token is the list of its scopes.
    /// let request = Request::get("/items").header("authorization", "Bearer admin").body(Body::empty())?;
    /// assert_eq!(router.oneshot(request).await?.status(), 200);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Grants`](crate::Grants) is asked for the required scope first, and then for those that include it. Login forms grant
    /// `items:read` to users who may have `admin`.
    const IMPLIES: &'static [(&'static str, &'static [&'static str])] = &[];
    /// The realm, for people (RFC 6750 §3). Challenges begin with it. It has at most 200 bytes of visible ASCII and spaces,
    /// without quote and backslash.
    const REALM: Option<&'static str> = None;
    /// The service that the token is for, as Docker's registry protocol names it. Challenges have it behind the realm. The limits
    /// of [`REALM`](Self::REALM) hold for it.
    ///
    /// ```
    /// use axum_scopes::{AuthError, Bearer, Flows, OAuth2Scheme};
    ///
    /// struct Registry;
    /// impl OAuth2Scheme for Registry {
    ///     const FLOWS: Flows = Flows::client_credentials("https://auth.example/token");
    ///     const SCOPES: &[(&str, &str)] = &[("repository:{name}:pull", "Pull from a repository.")];
    ///     const REALM: Option<&str> = Some("https://auth.example/token");
    ///     const SERVICE: Option<&str> = Some("registry.example");
    /// }
    ///
    /// let refusal = AuthError::no_credential::<Bearer<Registry>>();
    /// let challenge = r#"Bearer realm="https://auth.example/token", service="registry.example""#;
    /// assert_eq!(refusal.challenge(), Some(challenge));
    /// ```
    const SERVICE: Option<&'static str> = None;
    /// The service as clients know it (RFC 9728). If it is set, challenges name its metadata.
    const PROTECTED_RESOURCE: Option<ProtectedResource> = None;
    /// The scopes that a client asks for at first, if it has nothing else to go by: `scopes_supported` in the metadata of the resource
    /// (RFC 9728 §2). Without this constant, these are all declared scopes. A client that knows only the URL of a service might ask for
    /// all of them, `admin` included, before its user has done anything.
    ///
    /// A scope that the scheme does not declare does not compile.
    ///
    /// ```
    /// use axum_scopes::{Bearer, Flows, OAuth2Scheme, resource::protected_resource_metadata, scheme::ProtectedResource};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
    ///     const SCOPES: &[(&str, &str)] = &[("items:read", "Read items."), ("admin", "Everything.")];
    ///     const BASIC_SCOPES: Option<&[&str]> = Some(&["items:read"]);
    ///     const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://api.example"));
    /// }
    ///
    /// # use axum::{body::{Body, to_bytes}, http::Request};
    /// # use tower::ServiceExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router = protected_resource_metadata::<Bearer<Api>, ()>();
    /// let request = Request::get("/.well-known/oauth-protected-resource").body(Body::empty())?;
    /// let metadata = to_bytes(router.oneshot(request).await?.into_body(), 1024).await?;
    /// assert!(str::from_utf8(&metadata)?.contains(r#""scopes_supported":["items:read"]"#));
    /// # Ok(())
    /// # }
    /// ```
    const BASIC_SCOPES: Option<&'static [&'static str]> = None;
    /// What the scheme asks of the senders of its tokens. The default takes bearer tokens that are bound to nobody.
    const SENDER: Sender = Sender::bearer();
    /// The style of refusals, of this scheme and of the dependencies above it.
    const ERROR_STYLE: ErrorStyle = ErrorStyle::FastApi;
    /// The service's own response to all refusals of this scheme. Its extractors, `SecurityScopes`, `RequiredScopes`, `verified`,
    /// guards and login forms refuse with it. So does every [`AuthError`](crate::AuthError) of a dependency above the scheme.
    ///
    /// The function decides the body and its headers. The library sets the status, `WWW-Authenticate` and `Retry-After`, and in
    /// style `Rfc6750` the `Cache-Control` of login forms. Documents show this response. Within the function, an `AuthError` becomes a response with the
    /// library's body, so return `error.clone().into_response()` for a refusal that stays as it is.
    ///
    /// [`AuthError::invalid_grant`](crate::AuthError::invalid_grant) and its like keep the form of RFC 6749 §5.2, because the
    /// clients of a token endpoint read it.
    ///
    /// ```
    /// use axum::{Json, Router, body::Body, http::Request, response::{IntoResponse, Response}, routing::get};
    /// use axum_scopes::{AuthError, Bearer, Flows, OAuth2Scheme};
    /// use tower::ServiceExt;
    ///
    /// /// RFC 9457.
    /// fn problem(error: &AuthError) -> Response {
    ///     let body = Json(serde_json::json!({ "status": error.status().as_u16(), "title": error.detail() }));
    ///     ([("content-type", "application/problem+json")], body).into_response()
    /// }
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[];
    ///     const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(problem);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router: Router = Router::new().route("/", get(async |_: Bearer<Api>| "hello"));
    /// let response = router.oneshot(Request::get("/").body(Body::empty())?).await?;
    /// assert_eq!((response.status().as_u16(), &response.headers()["www-authenticate"]), (401, &"Bearer".parse()?));
    /// assert_eq!(response.headers()["content-type"], "application/problem+json");
    /// let body = axum::body::to_bytes(response.into_body(), 1024).await?;
    /// assert_eq!(body, r#"{"status":401,"title":"Not authenticated"}"#);
    /// # Ok(())
    /// # }
    /// ```
    const ERROR_RESPONSE: Option<Responder> = None;
}
