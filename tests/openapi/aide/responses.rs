//! Operations list their refusals, and a login its form and its token.

use std::sync::{Arc, Mutex};

use aide::{
    OperationOutput,
    axum::{
        ApiRouter,
        routing::{get, get_with, post},
    },
    generate::{GenContext, on_error},
    openapi::{Operation, Response as Described, StatusCode},
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use axum_scopes::{
    AuthError, Bearer, Depends, Flows, OAuth2Scheme,
    login::{
        OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, RevocationRequest, TokenRequest, TokenResponse,
    },
    security,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::service::{Api, get_active_user, get_user, served};

#[security]
async fn me(_: Depends<get_active_user>) -> Result<Json<u8>, AuthError> {
    Ok(Json(1))
}

#[tokio::test]
async fn an_operation_lists_its_refusals() {
    let document = served(ApiRouter::new().api_route("/me", get(me))).await;
    let responses = &document["paths"]["/me"]["get"]["responses"];
    let members: Vec<_> = responses.as_object().unwrap().keys().collect();
    assert_eq!(members, ["200", "401", "default"]);
    assert_eq!(responses["200"]["description"], "OK");
    let style = json!("simple");
    assert_eq!(
        responses["401"],
        json!({
            "description": "Not authenticated, or not enough permissions",
            "headers": {"WWW-Authenticate": {"schema": {"type": "string"}, "example": "Bearer", "style": style}},
            "content": {"application/json": {
                "schema": {"type": "object", "properties": {"detail": {"type": "string"}}},
                "example": {"detail": "Not authenticated"},
            }},
        })
    );
    assert_eq!(responses["default"]["description"], "Refused");
    let schema = &responses["default"]["content"]["application/json"]["schema"];
    assert_eq!(schema["$ref"], "#/components/schemas/AuthError");
    assert!(document["components"]["schemas"]["AuthError"]["properties"]["detail"].is_object());
}

/// An invalid credential is refused even if it is optional.
#[tokio::test]
async fn an_operation_lists_the_refusals_of_an_optional_credential() {
    let handler = async |_: Option<Bearer<Api>>| {};
    let own = get_with(handler, |operation| operation.response_with::<401, (), _>(|r| r.description("Mine")));
    let router = ApiRouter::new()
        .api_route("/optional", get(handler))
        .api_route("/required", get(async |_: Bearer<Api>| {}))
        .api_route("/own", own);
    let document = served(router).await;
    let refusal = |path: &str| document["paths"][path]["get"]["responses"]["401"].clone();
    assert_eq!(refusal("/optional"), refusal("/required"));
    assert_eq!(refusal("/optional")["description"], "Not authenticated");
    assert_eq!(refusal("/own")["description"], "Mine");
}

struct Problems;

impl OAuth2Scheme for Problems {
    const FLOWS: Flows = Flows::client_credentials("/token");
    const SCOPES: &[(&str, &str)] = &[("read", "Read.")];
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(|error| {
        let body = Json(json!({"title": error.detail(), "status": error.status().as_u16()}));
        ([("content-type", "application/problem+json")], body).into_response()
    });
}

#[security]
async fn problems(_: Bearer<Problems>) {}

/// A required or optional credential has a sample of the refusal, but no schema, because other bodies are not known.
#[tokio::test]
async fn the_document_shows_the_body_of_the_scheme() {
    let router = ApiRouter::new()
        .api_route("/problems", get(problems))
        .api_route("/optional", get(async |_: Option<Bearer<Problems>>| {}));
    let document = served(router).await;
    for path in ["/problems", "/optional"] {
        let refusal = &document["paths"][path]["get"]["responses"]["401"];
        let example = json!({"title": "Not authenticated", "status": 401});
        assert_eq!(refusal["content"], json!({"application/problem+json": {"example": example}}), "{path}");
        assert_eq!(refusal["headers"]["WWW-Authenticate"]["example"], "Bearer", "{path}");
    }
}

#[derive(JsonSchema, Serialize)]
struct Mine {
    reason: String,
}

/// An error type that documents its own 401.
struct Own;

impl IntoResponse for Own {
    fn into_response(self) -> Response {
        axum::http::StatusCode::UNAUTHORIZED.into_response()
    }
}

impl OperationOutput for Own {
    type Inner = Self;

    fn inferred_responses(_: &mut GenContext, _: &mut Operation) -> Vec<(Option<StatusCode>, Described)> {
        let response = Described { description: "Own".to_owned(), ..Described::default() };
        vec![(Some(StatusCode::Code(401)), response)]
    }
}

#[security]
async fn returns_own(_: Depends<get_user>) -> Result<(), Own> {
    Err(Own)
}

#[tokio::test]
async fn an_answer_that_the_user_documented_is_kept() {
    let mine = get_with(me, |operation| operation.response_with::<401, Json<Mine>, _>(|r| r.description("Mine")));
    let router = ApiRouter::new().api_route("/mine", mine).api_route("/own", get(returns_own));
    let document = served(router).await;
    let refusal = |path: &str| document["paths"][path]["get"]["responses"]["401"].clone();
    assert_eq!(refusal("/mine")["description"], "Mine");
    let schema = &refusal("/mine")["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(schema, "#/components/schemas/Mine");
    assert_eq!(refusal("/own"), json!({"description": "Own"}));
}

#[security]
async fn two(_: Depends<get_active_user>, _: Depends<get_user>) {}

#[tokio::test]
async fn aide_reports_no_mistake() {
    let errors = Arc::new(Mutex::new(Vec::new()));
    let seen = errors.clone();
    on_error(move |error| seen.lock().unwrap().push(error.to_string()));
    served(ApiRouter::new().api_route("/two", get(two)).api_route("/token", post(login))).await;
    assert_eq!(*errors.lock().unwrap(), Vec::<String>::new());
}

async fn login(_form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    Ok(TokenResponse::bearer("abc"))
}

async fn strict_login(_form: OAuth2PasswordRequestFormStrict<Api>) -> Result<TokenResponse, AuthError> {
    Ok(TokenResponse::bearer("abc"))
}

#[tokio::test]
async fn a_login_has_a_form_and_a_token() {
    let document =
        served(ApiRouter::new().api_route("/token", post(login)).api_route("/strict", post(strict_login))).await;
    let operation = &document["paths"]["/token"]["post"];
    let form = |operation: &serde_json::Value| {
        operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["$ref"].clone()
    };
    assert_eq!(operation.get("security"), None);
    assert_eq!(operation["requestBody"]["required"], true);
    assert_eq!(form(operation), "#/components/schemas/OAuth2PasswordRequestForm");
    assert_eq!(form(&document["paths"]["/strict"]["post"]), "#/components/schemas/OAuth2PasswordRequestFormStrict");
    let token = &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(token, "#/components/schemas/Token");
    assert!(operation["responses"]["default"].is_object());
    let schemas = &document["components"]["schemas"];
    let names: Vec<_> = schemas.as_object().unwrap().keys().collect();
    assert_eq!(names, ["AuthError", "OAuth2PasswordRequestForm", "OAuth2PasswordRequestFormStrict", "Token"]);
    assert_eq!(schemas["OAuth2PasswordRequestForm"]["required"], json!(["username", "password"]));
    assert_eq!(schemas["OAuth2PasswordRequestFormStrict"]["required"], json!(["grant_type", "username", "password"]));
    assert_eq!(schemas["Token"]["required"], json!(["access_token", "token_type"]));
}

async fn token(_request: TokenRequest<Api>) -> Result<TokenResponse, AuthError> {
    Ok(TokenResponse::bearer("abc"))
}

async fn revoke(_request: RevocationRequest<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn an_authorization_server_documents_the_forms_of_its_endpoints() {
    let document = served(ApiRouter::new().api_route("/token", post(token)).api_route("/revoke", post(revoke))).await;
    for (path, name, required) in
        [("/token", "TokenRequest", json!(["grant_type"])), ("/revoke", "RevocationRequest", json!(["token"]))]
    {
        let body = &document["paths"][path]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"];
        assert_eq!(body["schema"]["$ref"], format!("#/components/schemas/{name}"));
        assert_eq!(document["components"]["schemas"][name]["required"], required);
    }
}
