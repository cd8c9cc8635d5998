//! Every kind of scheme has the Security Scheme Object that FastAPI 0.165 writes for it.

use axum_scopes::{
    HttpBasic, HttpBasicScheme,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    scheme::{HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme},
};
use axum_scopes_openapi_tests::prelude::*;

const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];

struct Password;
impl OAuth2Scheme for Password {
    const NAME: &str = "Password";
    const DESCRIPTION: Option<&str> = Some("A token.");
    const FLOWS: Flows = Flows::password("token").with_refresh_url("refresh");
    const SCOPES: &[(&str, &str)] = SCOPES;
}

struct Code;
impl OAuth2Scheme for Code {
    const NAME: &str = "Code";
    const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token")
        .with_refresh_url("https://id.example/refresh");
    const SCOPES: &[(&str, &str)] = SCOPES;
}

struct All;
impl OAuth2Scheme for All {
    const NAME: &str = "All";
    const DESCRIPTION: Option<&str> = Some("All four.");
    const FLOWS: Flows = Flows::password("t")
        .and(Flows::implicit("a"))
        .and(Flows::client_credentials("t"))
        .and(Flows::authorization_code("a", "t"))
        .with_refresh_url("r");
    const SCOPES: &[(&str, &str)] = SCOPES;
}

struct Plain;
impl OAuth2Scheme for Plain {
    const NAME: &str = "Plain";
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[];
}

struct Oidc;
impl OpenIdConnectScheme for Oidc {
    const NAME: &str = "Oidc";
    const DESCRIPTION: Option<&str> = Some("Our provider.");
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
    const SCOPES: &[(&str, &str)] = SCOPES;
}

struct Jwt;
impl HttpBearerScheme for Jwt {
    const NAME: &str = "TokenBearer";
    const DESCRIPTION: Option<&str> = Some("b");
    const BEARER_FORMAT: Option<&str> = Some("JWT");
}

struct Default;
impl HttpBearerScheme for Default {}
impl HttpBasicScheme for Default {
    const DESCRIPTION: Option<&str> = Some("c");
    const REALM: Option<&str> = Some("x");
}
impl HttpDigestScheme for Default {
    const DESCRIPTION: Option<&str> = Some("d");
}

struct Header;
impl ApiKeyScheme for Header {
    const NAME: &str = "HeaderKey";
    const DESCRIPTION: Option<&str> = Some("h");
    const PARAMETER: &str = "x-key";
}

struct Query;
impl ApiKeyScheme for Query {
    const NAME: &str = "QueryKey";
    const PARAMETER: &str = "key";
}

struct Cookie;
impl ApiKeyScheme for Cookie {
    const NAME: &str = "CookieKey";
    const PARAMETER: &str = "key";
}

#[security]
#[utoipa::path(get, path = "/bearer")]
async fn oauth2(_: Bearer<Password>, _: OAuth2<Code>, _: Bearer<All>, _: Bearer<Plain>) {}

#[security]
#[utoipa::path(get, path = "/http")]
async fn http(
    _: OpenIdConnect<Oidc>,
    _: HttpBearer<Jwt>,
    _: HttpBearer<Default>,
    _: HttpBasic<Default>,
    _: HttpDigest<Default>,
) {
}

#[security]
#[utoipa::path(get, path = "/keys")]
async fn keys(_: ApiKeyHeader<Header>, _: ApiKeyQuery<Query>, _: ApiKeyCookie<Cookie>) {}

/// The output of FastAPI, except that its OpenID Connect schemes cannot declare scopes.
fn expected() -> Value {
    let scopes = json!({"me": "Read me.", "items": "Read items."});
    json!({
        "Password": {
            "type": "oauth2",
            "description": "A token.",
            "flows": {"password": {"refreshUrl": "refresh", "scopes": scopes, "tokenUrl": "token"}},
        },
        "Code": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "refreshUrl": "https://id.example/refresh",
                    "scopes": scopes,
                    "authorizationUrl": "https://id.example/authorize",
                    "tokenUrl": "https://id.example/token",
                },
            },
        },
        "All": {
            "type": "oauth2",
            "description": "All four.",
            "flows": {
                "implicit": {"refreshUrl": "r", "scopes": scopes, "authorizationUrl": "a"},
                "password": {"refreshUrl": "r", "scopes": scopes, "tokenUrl": "t"},
                "clientCredentials": {"refreshUrl": "r", "scopes": scopes, "tokenUrl": "t"},
                "authorizationCode": {"refreshUrl": "r", "scopes": scopes, "authorizationUrl": "a", "tokenUrl": "t"},
            },
        },
        "Plain": {"type": "oauth2", "flows": {"password": {"scopes": {}, "tokenUrl": "token"}}},
        "Oidc": {
            "type": "openIdConnect",
            "description": "Our provider.",
            "openIdConnectUrl": "/.well-known/openid-configuration",
        },
        "TokenBearer": {"type": "http", "description": "b", "scheme": "bearer", "bearerFormat": "JWT"},
        "HTTPBearer": {"type": "http", "scheme": "bearer"},
        "HTTPBasic": {"type": "http", "description": "c", "scheme": "basic"},
        "HTTPDigest": {"type": "http", "description": "d", "scheme": "digest"},
        "HeaderKey": {"type": "apiKey", "description": "h", "in": "header", "name": "x-key"},
        "QueryKey": {"type": "apiKey", "in": "query", "name": "key"},
        "CookieKey": {"type": "apiKey", "in": "cookie", "name": "key"},
    })
}

fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(oauth2)).routes(routes!(http)).routes(routes!(keys))
}

#[test]
fn every_kind_of_scheme_is_defined_as_fastapi_does() {
    assert_eq!(document(router())["components"]["securitySchemes"], expected());
}

/// The schemes of a finished document are compared with those of its operations, and have to be equal.
#[test]
fn schemes_of_a_finished_document_are_recognised() {
    let (_, finished) = router().split_secured();
    let (_, again) = OpenApiRouter::<()>::with_openapi(finished).merge(router_at("/again")).split_secured();
    let again = serde_json::to_value(again).unwrap();
    assert!(again["paths"]["/again/keys"]["get"]["security"].is_array());
    assert_eq!(again["components"]["securitySchemes"], expected());
}

fn router_at(path: &str) -> OpenApiRouter {
    OpenApiRouter::new().nest(path, router())
}

/// A scheme of the service, in a header of its own.
struct Signature;

impl<S: Sync> axum::extract::FromRequestParts<S> for Signature {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut axum::http::request::Parts, _: &S) -> Result<Self, AuthError> {
        Err(AuthError::unauthorized("Not signed"))
    }
}

impl Describe for Signature {
    const NODE: &'static Node = &Node::scheme(&SIGNATURE);
}

const SIGNATURE: SchemeInfo = SchemeInfo::new("Signature")
    .with_kind(SchemeKind::ApiKeyHeader("x-signature"))
    .with_description("By the key that we sent you.")
    .with_scopes(&[("orders", "Place orders.")]);

struct Ticket;

impl<S: Sync> axum::extract::FromRequestParts<S> for Ticket {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut axum::http::request::Parts, _: &S) -> Result<Self, AuthError> {
        Err(AuthError::unauthorized("No ticket"))
    }
}

impl Describe for Ticket {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("Ticket"));
}

#[security]
async fn get_signer(required: SecurityScopes, _: Signature) -> Result<(), AuthError> {
    required.check(&["orders"])
}

#[security(scopes = ["orders"])]
#[utoipa::path(get, path = "/own")]
async fn own(_: Depends<get_signer>, _: Ticket) {}

#[test]
fn a_scheme_of_the_service_is_defined_as_it_describes_itself() {
    let api = document(OpenApiRouter::new().routes(routes!(own)));
    assert_eq!(requires(&api, "get /own"), json!([{"Signature": ["orders"], "Ticket": []}]));
    let expected = json!({
        "Signature": {
            "type": "apiKey",
            "in": "header",
            "name": "x-signature",
            "description": "By the key that we sent you.",
        },
        "Ticket": {"type": "apiKey", "in": "header", "name": "Authorization"},
    });
    assert_eq!(api["components"]["securitySchemes"], expected);
}
