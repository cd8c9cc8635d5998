//! A document describes the token endpoint: its form and its answer.

use axum_scopes::login::{
    OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, RevocationRequest, TokenRequest, TokenResponse,
};
use axum_scopes_openapi_tests::prelude::*;

#[utoipa::path(
    post,
    path = "/token",
    request_body(content = OAuth2PasswordRequestForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenResponse))
)]
async fn login(_: OAuth2PasswordRequestForm) -> TokenResponse {
    TokenResponse::bearer("t")
}

#[utoipa::path(
    post,
    path = "/strict",
    request_body(content = OAuth2PasswordRequestFormStrict, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenResponse))
)]
async fn login_strictly(_: OAuth2PasswordRequestFormStrict) -> TokenResponse {
    TokenResponse::bearer("t")
}

fn form(required: &Value) -> Value {
    json!({
        "type": "object",
        "description": "The form of the password grant, RFC 6749 §4.3.2.",
        "properties": {
            "grant_type": {"type": "string", "pattern": "^password$"},
            "username": {"type": "string", "minLength": 1},
            "password": {"type": "string", "format": "password", "minLength": 1},
            "scope": {"type": "string", "description": "The requested scopes, separated by spaces."},
            "client_id": {"type": "string"},
            "client_secret": {"type": "string", "format": "password"},
        },
        "required": required,
    })
}

#[test]
fn operations_refer_to_the_schemas_of_forms_and_tokens() {
    let api =
        document(OpenApiRouter::new().routes(utoipa_axum::routes!(login)).routes(utoipa_axum::routes!(login_strictly)));
    let body = |path: &str| {
        api["paths"][path]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"].clone()
    };
    assert_eq!(body("/token"), json!({"$ref": "#/components/schemas/OAuth2PasswordRequestForm"}));
    assert_eq!(body("/strict"), json!({"$ref": "#/components/schemas/OAuth2PasswordRequestFormStrict"}));
    let answer = &api["paths"]["/token"]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(*answer, json!({"$ref": "#/components/schemas/Token"}));

    let schemas = &api["components"]["schemas"];
    assert_eq!(schemas["OAuth2PasswordRequestForm"], form(&json!(["username", "password"])));
    assert_eq!(schemas["OAuth2PasswordRequestFormStrict"], form(&json!(["grant_type", "username", "password"])));
    let expected = json!({
        "type": "object",
        "description": "The response to a login, RFC 6749 §5.1.",
        "properties": {
            "access_token": {"type": "string"},
            "token_type": {"type": "string", "description": "`bearer`, or `DPoP` if the token is bound to a key."},
            "expires_in": {"type": "integer", "minimum": 0, "description": "Seconds."},
            "refresh_token": {"type": "string"},
            "scope": {"type": "string", "description": "The granted scopes, separated by spaces."},
        },
        "required": ["access_token", "token_type"],
    });
    assert_eq!(schemas["Token"], expected);
}

/// A serialised response has the members that the schema lists and requires.
#[test]
fn a_token_response_matches_its_schema() {
    use axum::body::to_bytes;

    let token =
        TokenResponse::bearer("t").expires_in(std::time::Duration::from_secs(1)).scope(&["a"].into_iter().collect());
    let body = to_bytes(token.into_response().into_body(), usize::MAX);
    let body: Value =
        serde_json::from_slice(&tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(body).unwrap())
            .unwrap();
    let schema = serde_json::to_value(<TokenResponse as utoipa::PartialSchema>::schema()).unwrap();
    for (name, value) in body.as_object().unwrap() {
        let ty = if value.is_string() { "string" } else { "integer" };
        assert_eq!(schema["properties"][name]["type"], ty, "{name}");
    }
    for name in schema["required"].as_array().unwrap() {
        assert!(body.get(name.as_str().unwrap()).is_some(), "{name}");
    }
}

#[utoipa::path(
    post,
    path = "/token",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenResponse))
)]
async fn token(_: TokenRequest<Api>) -> TokenResponse {
    TokenResponse::bearer("t")
}

#[utoipa::path(
    post,
    path = "/revoke",
    request_body(content = RevocationRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200))
)]
async fn revoke(_: RevocationRequest<Api>) {}

#[test]
fn an_authorization_server_documents_the_forms_of_its_endpoints() {
    let api = document(OpenApiRouter::new().routes(utoipa_axum::routes!(token)).routes(utoipa_axum::routes!(revoke)));
    for (path, name, required) in
        [("/token", "TokenRequest", json!(["grant_type"])), ("/revoke", "RevocationRequest", json!(["token"]))]
    {
        let body = &api["paths"][path]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"];
        assert_eq!(body["schema"], json!({"$ref": format!("#/components/schemas/{name}")}));
        assert_eq!(api["components"]["schemas"][name]["required"], required);
    }
    let grants = &api["components"]["schemas"]["TokenRequest"]["properties"]["grant_type"]["enum"];
    assert_eq!(*grants, json!(["password", "refresh_token", "client_credentials"]));
}
