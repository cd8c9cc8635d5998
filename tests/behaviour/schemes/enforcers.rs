//! A dependency refuses by the first scheme in its own tree, in both styles.

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, HttpBasic, HttpBasicScheme,
    credential::{ApiKeyQuery, Credential, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    scheme::{ErrorStyle, HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
};
use axum_scopes_tests::prelude::*;

use super::ask;
use crate::answers::{Expected, accepted};

/// Declares a scheme of each kind in one style.
macro_rules! schemes {
    ($Name:ident, $style:ident) => {
        struct $Name;
        impl OAuth2Scheme for $Name {
            const FLOWS: Flows = Flows::client_credentials("token");
            const SCOPES: &[(&str, &str)] = &[("items", ""), ("me", "")];
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
        impl OpenIdConnectScheme for $Name {
            const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
            const SCOPES: &[(&str, &str)] = &[("items", ""), ("me", "")];
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
        impl HttpBearerScheme for $Name {
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
        impl HttpBasicScheme for $Name {
            const REALM: Option<&str> = Some("staff");
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
        impl HttpDigestScheme for $Name {
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
        impl ApiKeyScheme for $Name {
            const NAME: &str = "Key";
            const PARAMETER: &str = "x-key";
            const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
        }
    };
}

schemes!(FastApi, FastApi);
schemes!(Rfc, Rfc6750);

/// Refuses as the header `x-how` says.
#[security]
async fn enforce<C: Describe + FromRequestParts<()> + Send + 'static>(
    required: SecurityScopes,
    headers: HeaderMap,
    _: Option<Wrapped<C>>,
) -> Result<(), AuthError> {
    match headers["x-how"].to_str().unwrap() {
        "not_authenticated" => Err(required.not_authenticated()),
        "unauthorized" => Err(required.unauthorized("No good")),
        granted => required.check(&Scopes::from(granted)),
    }
}

/// Describes a scheme, but never finds a credential, because these tests are about the dependency above it.
pub(super) struct Wrapped<C>(std::marker::PhantomData<C>);

impl<C: Describe> Describe for Wrapped<C> {
    const NODE: &'static Node = C::NODE;
}

impl<S: Sync, C: Send> axum::extract::OptionalFromRequestParts<S> for Wrapped<C> {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Option<Self>, AuthError> {
        Ok(None)
    }
}

#[security(scopes = ["items", "me"])]
async fn items<C: Describe + FromRequestParts<()> + Send + 'static>(_: Depends<enforce<C>>) {}

#[security]
async fn anything<C: Describe + FromRequestParts<()> + Send + 'static>(_: Depends<enforce<C>>) {}

fn app<C: Describe + FromRequestParts<()> + Send + 'static>() -> App {
    App::new(Router::new().route("/", get(items::<C>)).route("/any", get(anything::<C>)))
}

fn detail(status: u16, challenge: &str, detail: &str) -> Expected {
    (status, Some(challenge.to_owned()), format!(r#"{{"detail":"{detail}"}}"#))
}

fn rfc6750(status: u16, challenge: &str, error: &str, description: &str) -> Expected {
    let body = format!(r#"{{"error":"{error}","error_description":"{description}"}}"#);
    (status, Some(challenge.to_owned()), body)
}

async fn how(app: &App, path: &str, how: &str) -> Answer {
    app.get(path).header("x-how", how).await
}

#[tokio::test]
async fn bearer_challenges_name_the_scopes() {
    for app in [
        app::<Bearer<FastApi>>(),
        app::<OAuth2<FastApi>>(),
        app::<OpenIdConnect<FastApi>>(),
        app::<HttpBearer<FastApi>>(),
        // A refusal asks for a bearer token if the extractor describes no kind of scheme.
        app::<OwnScheme>(),
    ] {
        let scoped = r#"Bearer scope="items me""#;
        assert_eq!(how(&app, "/", "not_authenticated").await, detail(401, "Bearer", "Not authenticated"));
        assert_eq!(how(&app, "/", "unauthorized").await, detail(401, scoped, "No good"));
        assert_eq!(how(&app, "/", "me").await, detail(401, scoped, "Not enough permissions"));
        assert_eq!(how(&app, "/", "me items").await, accepted(""));
        assert_eq!(how(&app, "/any", "unauthorized").await, detail(401, "Bearer", "No good"));
        assert_eq!(how(&app, "/any", "").await, accepted(""));
    }
}

struct OwnScheme;
impl Describe for OwnScheme {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("Own"));
}
impl<S: Sync> FromRequestParts<S> for OwnScheme {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AuthError> {
        Ok(Self)
    }
}

/// No standard gives these challenges a parameter for scopes.
#[tokio::test]
async fn other_challenges_are_those_of_their_scheme() {
    for (app, challenge) in [
        (app::<HttpBasic<FastApi>>(), r#"Basic realm="staff""#),
        (app::<HttpDigest<FastApi>>(), "Digest"),
        (app::<ApiKeyHeader<FastApi>>(), "APIKey"),
        (app::<ApiKeyQuery<FastApi>>(), "APIKey"),
    ] {
        assert_eq!(how(&app, "/", "not_authenticated").await, detail(401, challenge, "Not authenticated"));
        assert_eq!(how(&app, "/", "unauthorized").await, detail(401, challenge, "No good"));
        assert_eq!(how(&app, "/", "me").await, detail(401, challenge, "Not enough permissions"));
        assert_eq!(how(&app, "/", "me items").await, accepted(""));
        assert_eq!(how(&app, "/any", "unauthorized").await, detail(401, challenge, "No good"));
    }
}

#[tokio::test]
async fn rfc6750_bearer_challenges_name_the_error() {
    for app in [app::<Bearer<Rfc>>(), app::<OAuth2<Rfc>>(), app::<OpenIdConnect<Rfc>>(), app::<HttpBearer<Rfc>>()] {
        let invalid = |challenge| rfc6750(401, challenge, "invalid_token", "No good");
        let challenge = r#"Bearer error="insufficient_scope", scope="items me""#;
        let insufficient = rfc6750(403, challenge, "insufficient_scope", "Not enough permissions");
        assert_eq!(
            how(&app, "/", "not_authenticated").await,
            detail(401, r#"Bearer scope="items me""#, "Unauthorized")
        );
        let with_scopes = invalid(r#"Bearer error="invalid_token", scope="items me""#);
        assert_eq!(how(&app, "/", "unauthorized").await, with_scopes);
        assert_eq!(how(&app, "/", "me").await, insufficient);
        assert_eq!(how(&app, "/any", "unauthorized").await, invalid(r#"Bearer error="invalid_token""#));
    }
}

/// A client that uses HTTP Basic could not answer a challenge for a bearer token (RFC 9110 §11.6.1).
#[tokio::test]
async fn rfc6750_style_asks_for_no_bearer_token_that_nobody_reads() {
    for (app, challenge) in [
        (app::<HttpBasic<Rfc>>(), r#"Basic realm="staff""#),
        (app::<HttpDigest<Rfc>>(), "Digest"),
        (app::<ApiKeyHeader<Rfc>>(), "APIKey"),
    ] {
        assert_eq!(how(&app, "/", "not_authenticated").await, detail(401, challenge, "Unauthorized"));
        assert_eq!(how(&app, "/", "unauthorized").await, rfc6750(401, challenge, "invalid_token", "No good"));
        let insufficient = rfc6750(403, challenge, "insufficient_scope", "Not enough permissions");
        assert_eq!(how(&app, "/", "me").await, insufficient);
    }
}

#[security]
async fn either(
    required: SecurityScopes,
    key: Option<ApiKeyHeader<FastApi>>,
    token: Option<Bearer<Rfc>>,
) -> Result<String, AuthError> {
    let show = |kind: &str, credential: &Credential| format!("{kind} {}", credential.as_str());
    match (key, token) {
        (Some(ApiKeyHeader(key)), _) => {
            required.check(&["items", "me"])?;
            Ok(show("key", &key))
        }
        (None, Some(Bearer(token))) => {
            required.check(&Scopes::from(token.as_str()))?;
            Ok(show("token", &token))
        }
        (None, None) => Err(required.not_authenticated()),
    }
}

#[security(scopes = ["items"])]
async fn with_either(Depends(how): Depends<either>) -> String {
    how
}

/// A refusal can have the challenge and the style of only one scheme.
#[tokio::test]
async fn the_first_of_two_schemes_decides_how_to_refuse() {
    let app = App::new(Router::new().route("/", get(with_either)));
    assert_eq!(ask(&app, "/", "x-key", &[b"k"]).await, accepted("key k"));
    assert_eq!(ask(&app, "/", "authorization", &[b"Bearer items"]).await, accepted("token items"));
    assert_eq!(ask(&app, "/", "x-key", &[]).await, detail(401, "APIKey", "Not authenticated"));
    let weak = ask(&app, "/", "authorization", &[b"Bearer me"]).await;
    assert_eq!(weak, detail(401, "APIKey", "Not enough permissions"));
}
