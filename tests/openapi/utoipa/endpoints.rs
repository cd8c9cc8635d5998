//! The URLs of a scheme can be replaced by those of an issuer that is known at run time.

use axum_scopes::{credential::OAuth2, docs::Docs, openapi::SetEndpoints, scheme::Endpoints};
use axum_scopes_openapi_tests::prelude::*;
use axum_scopes_test_support::App;

struct Login;

impl OAuth2Scheme for Login {
    const NAME: &str = "Login";
    const DESCRIPTION: Option<&str> = Some("At the issuer.");
    const FLOWS: Flows = Flows::authorization_code("https://issuer.invalid/authorize", "https://issuer.invalid/token")
        .with_refresh_url("https://issuer.invalid/refresh")
        .and(Flows::client_credentials("https://issuer.invalid/token"))
        .and(Flows::implicit("https://issuer.invalid/authorize"))
        .and(Flows::password("https://issuer.invalid/token"));
    const SCOPES: &[(&str, &str)] = &[("read", "Read.")];
}

/// Another scheme with the same name.
struct Second;

impl OAuth2Scheme for Second {
    const NAME: &str = "Login";
    const FLOWS: Flows = Flows::authorization_code("https://issuer.invalid/authorize", "https://issuer.invalid/token");
    const SCOPES: &[(&str, &str)] = &[("write", "Write.")];
}

#[security]
#[utoipa::path(get, path = "/")]
async fn read(_: Bearer<Login>) {}

#[security]
#[utoipa::path(get, path = "/second")]
async fn second(_: OAuth2<Second>) {}

fn api(router: OpenApiRouter) -> utoipa::openapi::OpenApi {
    router.split_secured().1
}

fn endpoints() -> Endpoints {
    Endpoints::new("https://id.example/a?b=c", "https://id.example/t").unwrap()
}

fn schemes(api: &utoipa::openapi::OpenApi) -> Value {
    serde_json::to_value(api).unwrap()["components"]["securitySchemes"].take()
}

#[test]
fn all_urls_of_the_scheme_are_replaced_and_no_others() {
    let mut api = api(OpenApiRouter::new().routes(routes!(read)));
    api.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap();
    let scopes = json!({"read": "Read."});
    let (authorization, token) = ("https://id.example/a?b=c", "https://id.example/t");
    assert_eq!(
        schemes(&api),
        json!({"Login": {"type": "oauth2", "description": "At the issuer.", "flows": {
            "authorizationCode":
                {"authorizationUrl": authorization, "tokenUrl": token, "refreshUrl": token, "scopes": scopes},
            "clientCredentials": {"tokenUrl": token, "scopes": scopes},
            "implicit": {"authorizationUrl": authorization, "scopes": scopes},
            "password": {"tokenUrl": token, "scopes": scopes},
        }}})
    );
    assert_eq!(requires(&serde_json::to_value(&api).unwrap(), "get /"), json!([{"Login": []}]));
}

#[test]
fn the_right_one_of_two_schemes_with_one_name_is_changed() {
    let mut api = api(OpenApiRouter::new().routes(routes!(read)).routes(routes!(second)));
    let before = schemes(&api);
    api.set_endpoints::<OAuth2<Second>>(&endpoints()).unwrap();
    let after = schemes(&api);
    assert_eq!(after["Login"], before["Login"]);
    assert_eq!(after["Login_2"]["flows"]["authorizationCode"]["tokenUrl"], "https://id.example/t");
    api.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap();
    assert!(!schemes(&api).to_string().contains("invalid"));
}

#[test]
fn a_document_without_the_scheme_is_not_changed() {
    let error = "the document has no security scheme with these constant URLs";
    let mut other = api(OpenApiRouter::new().routes(routes!(second)));
    assert_eq!(other.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap_err().to_string(), error);
    let mut empty = utoipa::openapi::OpenApi::default();
    assert_eq!(empty.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap_err().to_string(), error);
    let mut twice = api(OpenApiRouter::new().routes(routes!(read)));
    twice.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap();
    let once = schemes(&twice);
    assert_eq!(twice.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap_err().to_string(), error);
    assert_eq!(schemes(&twice), once);
}

#[tokio::test]
async fn the_docs_page_connects_to_the_endpoints() {
    let mut api = api(OpenApiRouter::new().routes(routes!(read)));
    api.set_endpoints::<Bearer<Login>>(&endpoints()).unwrap();
    let page = App::new(Docs::new(&api).unwrap().into_router()).get("/docs").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("connect-src 'self' https://id.example;"), "{policy}");
}
