//! An operation lists the answers by which it refuses.

use axum::{Json, response::Response};
use axum_scopes::{ApiKeyHeader, ApiKeyScheme, issuer::IssuerVerifier, scheme::ErrorStyle, verified};
use axum_scopes_openapi_tests::prelude::*;

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/fastapi")]
async fn fastapi(_: Depends<get_current_user>) {}

#[security]
#[utoipa::path(get, path = "/fastapi-unscoped")]
async fn fastapi_unscoped(_: Depends<get_current_user>) {}

#[security(scopes = ["read"])]
#[utoipa::path(get, path = "/rfc")]
async fn rfc(_: Depends<get_client>) {}

#[security]
#[utoipa::path(get, path = "/rfc-unscoped")]
async fn rfc_unscoped(_: Depends<get_client>) {}

#[security]
#[utoipa::path(get, path = "/key")]
async fn key(_: Depends<get_partner>) {}

#[security]
#[utoipa::path(get, path = "/issued")]
async fn issued(_: Depends<verified<Api, IssuerVerifier>>) {}

#[security(scopes = ["read"])]
#[utoipa::path(get, path = "/rfc-issued")]
async fn rfc_issued(_: Depends<get_partner>, _: Depends<verified<Rfc, IssuerVerifier>>) {}

#[security]
#[utoipa::path(get, path = "/verified")]
async fn with_keys_at_hand(_: Depends<verified<Api>>) {}

#[security]
async fn get_issued_user(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    _: State<IssuerVerifier>,
) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[security]
#[utoipa::path(get, path = "/own-issued")]
async fn own_issued(_: Depends<get_issued_user>) {}

/// Reports whether the keys are available, but verifies no token.
#[security]
#[utoipa::path(get, path = "/ready")]
async fn ready(_: State<IssuerVerifier>, _: Depends<get_current_user>) {}

struct Rfc6750Key;
impl ApiKeyScheme for Rfc6750Key {
    const NAME: &str = "Rfc6750Key";
    const PARAMETER: &str = "x-key";
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
#[utoipa::path(get, path = "/rfc-key")]
async fn rfc_key(_: ApiKeyHeader<Rfc6750Key>) {}

#[security]
#[utoipa::path(get, path = "/rfc-second")]
async fn rfc_second(_: ApiKeyHeader<Rfc6750Key>, _: Depends<get_client>) {}

#[security]
#[utoipa::path(get, path = "/public")]
async fn public() {}

#[security]
#[utoipa::path(get, path = "/mixed")]
async fn mixed(_: Depends<get_current_active_user>, #[security(scopes = ["read"])] _: Depends<get_client>) {}

#[security(scopes = ["read"])]
#[utoipa::path(get, path = "/own", responses((status = 401, description = "Mine"), (status = 200, description = "Good")))]
async fn own(_: Depends<get_client>) {}

#[security(scopes = ["read"])]
#[utoipa::path(get, path = "/named", responses((status = UNAUTHORIZED, description = "Mine"), (status = FORBIDDEN),))]
async fn named(_: Depends<get_client>) {}

#[derive(OpenApi)]
#[openapi(
    paths(
        fastapi, fastapi_unscoped, rfc, rfc_unscoped, key, rfc_key, rfc_second, public, mixed, own, named, issued, rfc_issued,
        with_keys_at_hand, own_issued, ready
    ),
    modifiers(&SecuritySchemes)
)]
struct Document;

fn responses(path: &str) -> Value {
    finished::<Document>()["paths"][path]["get"]["responses"].take()
}

fn statuses(path: &str) -> Vec<String> {
    responses(path).as_object().unwrap().keys().cloned().collect()
}

#[test]
fn only_the_rfc_6750_style_lists_400_and_403() {
    for (path, expected) in [
        ("/fastapi", vec!["401"]),
        ("/fastapi-unscoped", vec!["401"]),
        ("/rfc", vec!["400", "401", "403"]),
        ("/rfc-unscoped", vec!["400", "401"]),
        ("/key", vec!["401"]),
        ("/rfc-key", vec!["401"]),
        ("/rfc-second", vec!["400", "401"]),
        ("/public", vec![]),
        ("/mixed", vec!["400", "401", "403"]),
        ("/verified", vec!["401"]),
        ("/ready", vec!["401"]),
    ] {
        assert_eq!(statuses(path), expected, "{path}");
    }
}

fn expected(description: &str, challenge: &str, body: &Value) -> Value {
    with_header(description, ("WWW-Authenticate", challenge), body)
}

fn with_header(description: &str, (name, example): (&str, &str), body: &Value) -> Value {
    let properties = body.as_object().unwrap().keys().map(|name| (name.clone(), json!({"type": "string"})));
    json!({
        "description": description,
        "headers": {name: {"schema": {"type": "string"}, "example": example}},
        "content": {
            "application/json": {
                "schema": {"type": "object", "properties": properties.collect::<serde_json::Map<_, _>>()},
                "example": body,
            },
        },
    })
}

#[test]
fn answers_list_a_challenge_and_the_members_of_the_body() {
    let detail = json!({"detail": "Not authenticated"});
    let both = "Not authenticated, or not enough permissions";
    assert_eq!(responses("/fastapi")["401"], expected(both, "Bearer", &detail));
    assert_eq!(responses("/fastapi-unscoped")["401"], expected("Not authenticated", "Bearer", &detail));
    assert_eq!(responses("/key")["401"], expected("Not authenticated", "APIKey", &detail));
    let invalid = json!({"error": "invalid_token", "error_description": "Could not validate credentials"});
    let challenge = r#"Bearer error="invalid_token""#;
    assert_eq!(responses("/rfc")["401"], expected("Not authenticated", challenge, &invalid));
    let repeated = json!({"error": "invalid_request", "error_description": "More than one credential was sent"});
    let challenge = r#"Bearer error="invalid_request""#;
    assert_eq!(responses("/rfc")["400"], expected("More than one credential", challenge, &repeated));
    let insufficient = json!({"error": "insufficient_scope", "error_description": "Not enough permissions"});
    assert_eq!(responses("/rfc")["403"], expected("Not enough permissions", "Bearer", &insufficient));
}

#[test]
fn keys_that_can_be_unavailable_are_listed_as_503() {
    let description = "Tokens cannot be verified now";
    let fastapi = json!({"detail": "Service Unavailable"});
    let rfc = json!({"error": "temporarily_unavailable", "error_description": "Service Unavailable"});
    for (path, statuses_expected, body) in [
        ("/issued", vec!["401", "503"], &fastapi),
        ("/own-issued", vec!["401", "503"], &fastapi),
        ("/rfc-issued", vec!["400", "401", "403", "503"], &rfc),
    ] {
        assert_eq!(statuses(path), statuses_expected, "{path}");
        assert_eq!(responses(path)["503"], with_header(description, ("Retry-After", "30"), body), "{path}");
    }
}

#[test]
fn an_answer_that_the_user_documented_is_kept() {
    let own = responses("/own");
    assert_eq!(own["401"], json!({"description": "Mine"}));
    assert_eq!(own["200"], json!({"description": "Good"}));
    assert_eq!(own["403"]["description"], "Not enough permissions", "the other answers are kept");
    let named = responses("/named");
    assert_eq!(named["401"], json!({"description": "Mine"}));
    assert_eq!(named["403"], json!({"description": "Forbidden"}));
}

#[test]
fn a_guard_keeps_an_answer_that_the_user_documented() {
    let api = document(guard!(depends(get_partner)).protect(OpenApiRouter::new().routes(routes!(own))));
    assert_eq!(api["paths"]["/own"]["get"]["responses"]["401"], json!({"description": "Mine"}));
}

fn problem(error: &AuthError) -> Response {
    let body =
        json!({"title": error.detail(), "kind": format!("{:?}", error.kind()), "status": error.status().as_u16()});
    ([("content-type", "application/problem+json")], Json(body)).into_response()
}

struct Problems;
impl OAuth2Scheme for Problems {
    const NAME: &str = "Problems";
    const FLOWS: Flows = Flows::client_credentials("/token");
    const SCOPES: &[(&str, &str)] = &[("read", "Read.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(problem);
}

#[security(scopes = ["read"])]
#[utoipa::path(get, path = "/problems")]
async fn problems(_: Depends<verified<Problems, IssuerVerifier>>) {}

struct Words;
impl ApiKeyScheme for Words {
    const NAME: &str = "Words";
    const PARAMETER: &str = "x-words";
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> =
        Some(|error| error.detail().into_owned().into_response());
}

#[security]
#[utoipa::path(get, path = "/words")]
async fn words(_: ApiKeyHeader<Words>) {}

struct Silent;
impl ApiKeyScheme for Silent {
    const NAME: &str = "Silent";
    const PARAMETER: &str = "x-silent";
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(|_| ().into_response());
}

#[security]
#[utoipa::path(get, path = "/silent")]
async fn silent(_: ApiKeyHeader<Silent>) {}

#[derive(OpenApi)]
#[openapi(paths(problems, words, silent), modifiers(&SecuritySchemes))]
struct OwnBodies;

/// The document has a sample of each refusal, but no schema, because other bodies are not known.
#[test]
fn the_document_shows_the_body_of_the_scheme() {
    let document = finished::<OwnBodies>();
    let responses = &document["paths"]["/problems"]["get"]["responses"];
    for (status, kind, title, header) in [
        (400, "InvalidRequest", "More than one credential was sent", r#"Bearer error="invalid_request""#),
        (401, "InvalidToken", "Could not validate credentials", r#"Bearer error="invalid_token""#),
        (403, "InsufficientScope", "Not enough permissions", "Bearer"),
        (503, "Unavailable", "Service Unavailable", "30"),
    ] {
        let response = &responses[status.to_string()];
        let example = json!({"title": title, "kind": kind, "status": status});
        assert_eq!(response["content"], json!({"application/problem+json": {"example": example}}), "{status}");
        let name = if status == 503 { "Retry-After" } else { "WWW-Authenticate" };
        assert_eq!(response["headers"][name]["example"], header, "{status}");
    }
    let refusal = |path: &str| document["paths"][path]["get"]["responses"]["401"].clone();
    assert_eq!(refusal("/words")["content"], json!({"text/plain; charset=utf-8": {}}));
    assert_eq!(refusal("/silent").get("content"), None);
    assert_eq!(refusal("/silent")["headers"]["WWW-Authenticate"]["example"], "APIKey");
}

#[utoipa::path(
    get,
    path = "/descriptions",
    responses(
        (status = OK),
        (status = 201, description = "Mine"),
        (status = 404, description = ""),
        (status = "5XX"),
        (status = "default"),
        (status = 599),
    )
)]
async fn descriptions() {}

/// OpenAPI 3.1 §4.8.17 requires the description of a Response Object.
#[test]
fn empty_descriptions_are_filled() {
    let api = document(OpenApiRouter::new().routes(utoipa_axum::routes!(descriptions)));
    let responses = api["paths"]["/descriptions"]["get"]["responses"].as_object().unwrap();
    let expected = [
        ("200", "OK"),
        ("201", "Mine"),
        ("404", "Not Found"),
        ("599", "Response"),
        ("5XX", "Response"),
        ("default", "Response"),
    ];
    assert_eq!(responses.len(), expected.len());
    for (status, description) in expected {
        assert_eq!(responses[status], json!({"description": description}), "{status}");
    }
}
