//! Schemes of all kinds are documented alone, together and in an `Option`.

use aide::{
    OperationInput,
    axum::{ApiRouter, routing::get},
    generate::{GenContext, infer_responses},
    openapi::Operation,
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, HttpBasic, HttpBasicScheme, OAuth2Scheme,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    openapi::describe_credential,
    scheme::{HttpBearerScheme, HttpDigestScheme, OpenIdConnectScheme, SchemeInfo},
    security,
    tree::{Describe, Node},
};
use serde_json::{Value, json};

use crate::service::{Api, get_active_user, security_of, served};

struct All;

impl OAuth2Scheme for All {
    const NAME: &str = "AllFlows";
    const DESCRIPTION: Option<&str> = Some("Every flow.");
    const FLOWS: Flows = Flows::password("token")
        .and(Flows::authorization_code("authorize", "token"))
        .with_refresh_url("refresh")
        .and(Flows::implicit("authorize"))
        .and(Flows::client_credentials("token"));
    const SCOPES: &[(&str, &str)] = &[("me", "Read yourself.")];
}

struct Plain;

impl HttpBearerScheme for Plain {}
impl HttpBasicScheme for Plain {}
impl HttpDigestScheme for Plain {}
impl OpenIdConnectScheme for Plain {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
}

struct Jwt;

impl HttpBearerScheme for Jwt {
    const NAME: &str = "Jwt";
    const BEARER_FORMAT: Option<&str> = Some("JWT");
    const DESCRIPTION: Option<&str> = Some("Signed.");
}

macro_rules! keys {
    ($($Key:ident: $parameter:literal),*) => {
        $(
            struct $Key;
            impl ApiKeyScheme for $Key {
                const NAME: &str = stringify!($Key);
                const PARAMETER: &str = $parameter;
            }
        )*
    };
}

keys!(HeaderKey: "x-key", QueryKey: "key", CookieKey: "session");

/// A credential whose extractor the service writes itself.
struct ApiToken;

impl Describe for ApiToken {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("ApiToken"));
}

impl<S: Sync> FromRequestParts<S> for ApiToken {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AuthError> {
        Ok(Self)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for ApiToken {
    type Rejection = AuthError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Option<Self>, AuthError> {
        Ok(None)
    }
}

impl OperationInput for ApiToken {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        describe_credential::<Self>(operation);
    }
}

#[tokio::test]
async fn every_kind_of_scheme_is_documented_as_fastapi_does() {
    let router = ApiRouter::new()
        .api_route("/bearer", get(async |_: Bearer<All>| {}))
        .api_route("/oauth2", get(async |_: OAuth2<All>| {}))
        .api_route("/oidc", get(async |_: OpenIdConnect<Plain>| {}))
        .api_route("/http-bearer", get(async |_: HttpBearer<Plain>| {}))
        .api_route("/jwt", get(async |_: HttpBearer<Jwt>| {}))
        .api_route("/basic", get(async |_: HttpBasic<Plain>| {}))
        .api_route("/digest", get(async |_: HttpDigest<Plain>| {}))
        .api_route("/header", get(async |_: ApiKeyHeader<HeaderKey>| {}))
        .api_route("/query", get(async |_: ApiKeyQuery<QueryKey>| {}))
        .api_route("/cookie", get(async |_: ApiKeyCookie<CookieKey>| {}))
        .api_route("/own", get(async |_: ApiToken| {}));
    let document = served(router).await;
    let scopes = json!({"me": "Read yourself."});
    let flows = json!({
        "password": {"tokenUrl": "token", "refreshUrl": "refresh", "scopes": scopes},
        "authorizationCode":
            {"authorizationUrl": "authorize", "tokenUrl": "token", "refreshUrl": "refresh", "scopes": scopes},
        "implicit": {"authorizationUrl": "authorize", "scopes": scopes},
        "clientCredentials": {"tokenUrl": "token", "scopes": scopes},
    });
    let expected = json!({
        "AllFlows": {"type": "oauth2", "description": "Every flow.", "flows": flows},
        "OpenIdConnect": {"type": "openIdConnect", "openIdConnectUrl": "/.well-known/openid-configuration"},
        "HTTPBearer": {"type": "http", "scheme": "bearer"},
        "Jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "Signed."},
        "HTTPBasic": {"type": "http", "scheme": "basic"},
        "HTTPDigest": {"type": "http", "scheme": "digest"},
        "HeaderKey": {"type": "apiKey", "in": "header", "name": "x-key"},
        "QueryKey": {"type": "apiKey", "in": "query", "name": "key"},
        "CookieKey": {"type": "apiKey", "in": "cookie", "name": "session"},
        "ApiToken": {"type": "apiKey", "in": "header", "name": "Authorization"},
    });
    assert_eq!(document["components"]["securitySchemes"], expected);
    let paths = [
        ("/bearer", "AllFlows"),
        ("/oauth2", "AllFlows"),
        ("/oidc", "OpenIdConnect"),
        ("/http-bearer", "HTTPBearer"),
        ("/jwt", "Jwt"),
        ("/basic", "HTTPBasic"),
        ("/digest", "HTTPDigest"),
        ("/header", "HeaderKey"),
        ("/query", "QueryKey"),
        ("/cookie", "CookieKey"),
        ("/own", "ApiToken"),
    ];
    for (path, scheme) in paths {
        assert_eq!(security_of(&document, path), &json!([{scheme: []}]), "{path}");
    }
}

#[security(scopes = ["items"])]
async fn together(_: Bearer<Api>, _key: ApiKeyHeader<HeaderKey>, _: Depends<get_active_user>) {}

#[security]
async fn alternatives(_: Option<Bearer<Api>>, _key: Option<ApiKeyHeader<HeaderKey>>) {}

#[security]
async fn one_optional(_: Option<HttpBasic<Plain>>, _: Depends<get_active_user>) {}

#[security]
async fn optional_last(_: Depends<get_active_user>, _key: Option<ApiToken>) {}

#[security]
async fn also_required(_: Option<ApiKeyHeader<HeaderKey>>, _key: ApiKeyHeader<HeaderKey>, _: Option<Bearer<Api>>) {}

#[security]
async fn required_first(_key: ApiKeyHeader<HeaderKey>, _: Option<ApiKeyHeader<HeaderKey>>, _: Option<Bearer<Api>>) {}

#[security]
async fn result(_: Result<Bearer<Api>, AuthError>, _key: Option<ApiKeyHeader<HeaderKey>>) {}

#[security(credential_required)]
async fn either(bearer: Option<Bearer<Api>>, _key: Option<ApiKeyHeader<HeaderKey>>) -> Result<(), AuthError> {
    bearer.map(|_| ()).ok_or_else(|| AuthError::unauthorized("Nobody"))
}

#[security]
async fn by_dependency(_: Depends<either>) {}

fn cases() -> Vec<(&'static str, Value)> {
    vec![
        ("/together", json!([{"HeaderKey": [], "OAuth2PasswordBearer": ["items", "me"]}])),
        ("/alternatives", json!([{}, {"OAuth2PasswordBearer": []}, {"HeaderKey": []}])),
        ("/one-optional", json!([{"OAuth2PasswordBearer": ["me"]}])),
        ("/optional-last", json!([{"OAuth2PasswordBearer": ["me"]}])),
        ("/also-required", json!([{"HeaderKey": []}])),
        ("/required-first", json!([{"HeaderKey": []}])),
        // aide does not say that the credential is optional.
        ("/result", json!([{"OAuth2PasswordBearer": []}])),
        // Nor does it say that one of the two is required.
        ("/either", json!([{}, {"OAuth2PasswordBearer": []}, {"HeaderKey": []}])),
        ("/by-dependency", json!([{"OAuth2PasswordBearer": []}, {"HeaderKey": []}])),
    ]
}

fn router() -> ApiRouter {
    ApiRouter::new()
        .api_route("/together", get(together))
        .api_route("/alternatives", get(alternatives))
        .api_route("/one-optional", get(one_optional))
        .api_route("/optional-last", get(optional_last))
        .api_route("/also-required", get(also_required))
        .api_route("/required-first", get(required_first))
        .api_route("/result", get(result))
        .api_route("/either", get(either))
        .api_route("/by-dependency", get(by_dependency))
}

#[tokio::test]
async fn several_schemes_are_required_together_and_optional_ones_are_alternatives() {
    let document = served(router()).await;
    for (path, security) in cases() {
        assert_eq!(security_of(&document, path), &security, "{path}");
    }
}

#[tokio::test]
async fn optional_credentials_do_not_depend_on_inferred_responses() {
    infer_responses(false);
    let document = served(router()).await;
    for (path, security) in cases() {
        assert_eq!(security_of(&document, path), &security, "{path}");
        assert_eq!(document["paths"][path]["get"].get("responses"), None, "{path}");
    }
}
