//! A guard adds its requirements and refusals to the documented router that it protects.

use aide::{
    axum::{
        ApiRouter,
        routing::{get, get_with},
    },
    generate,
};
use axum::{Json, extract::State};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes,
    credential::HttpBearer,
    guard,
    scheme::{ErrorStyle, HttpBearerScheme},
    security,
};
use axum_scopes_test_support::App;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::service::{finished, get_active_user, get_user, security_of, served};

struct Key;

impl ApiKeyScheme for Key {
    const NAME: &str = "Key";
    const PARAMETER: &str = "x-key";
}

#[security]
async fn has_key(_: ApiKeyHeader<Key>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items"])]
async fn items(_: Depends<get_active_user>) {}

async fn open() {}

fn requires(scopes: &[&str]) -> Value {
    json!([{"OAuth2PasswordBearer": scopes}])
}

#[tokio::test]
async fn requirements_of_a_guard_come_first() {
    let admin = guard!(scopes = ["admin"], depends(get_user));
    let key = guard!(depends(has_key));
    let inner = admin.protect(ApiRouter::new().api_route("/items", get(items)).api_route("/open", get(open)));
    let router = key
        .protect(ApiRouter::new().nest("/shop", inner).api_route("/key", get(open)))
        .api_route("/later", get(open))
        .nest(
            "/again",
            guard!(scopes = ["me"], depends(get_user)).protect(
                guard!(scopes = ["items", "me"], depends(get_user))
                    .protect(ApiRouter::new().api_route("/twice", get(open))),
            ),
        );
    let document = served(router).await;
    let scopes = json!([{"Key": [], "OAuth2PasswordBearer": ["admin", "items", "me"]}]);
    assert_eq!(security_of(&document, "/shop/items"), &scopes);
    assert_eq!(security_of(&document, "/shop/open"), &json!([{"Key": [], "OAuth2PasswordBearer": ["admin"]}]));
    assert_eq!(security_of(&document, "/key"), &json!([{"Key": []}]));
    assert_eq!(security_of(&document, "/later"), &Value::Null);
    assert_eq!(security_of(&document, "/again/twice"), &requires(&["me", "items"]));
    let refusal = &document["paths"]["/shop/open"]["get"]["responses"]["401"];
    assert_eq!(refusal["description"], "Not authenticated, or not enough permissions");
    assert_eq!(document["paths"]["/later"]["get"]["responses"].get("401"), None);
}

#[tokio::test]
async fn an_optional_credential_of_the_handler_stays_optional() {
    let router = || ApiRouter::new().api_route("/", get(async |_: Option<ApiKeyHeader<Key>>| {}));
    let document = served(router()).await;
    assert_eq!(security_of(&document, "/"), &json!([{}, {"Key": []}]));
    let document = served(guard!(depends(get_user)).protect(router())).await;
    assert_eq!(security_of(&document, "/"), &requires(&[]));
    assert!(document["components"]["securitySchemes"]["Key"].is_object(), "the handler reads the key nevertheless");
}

#[derive(JsonSchema, Serialize)]
struct Cat {
    name: String,
}

mod other {
    #[derive(schemars::JsonSchema, serde::Serialize)]
    pub(super) struct Cat {
        pub(super) age: u8,
    }
}

#[tokio::test]
async fn other_documentation_survives_a_guard() {
    let before = ApiRouter::new().api_route("/first", get(async || Json(Cat { name: "Tom".to_owned() })));
    let guarded = ApiRouter::new()
        .api_route_with("/cat", get(async || Json(Cat { name: "Tom".to_owned() })), |path| path.summary("Cats"))
        .api_route("/hidden", get_with(open, |operation| operation.hidden(true)))
        .api_route("/named", get_with(open, |operation| operation.id("named").tag("open")));
    let guarded = guard!(depends(get_user)).protect(guarded);
    let after = ApiRouter::new().api_route("/other", get(async || Json(other::Cat { age: 3 })));
    let document = served(before.merge(guarded).merge(after)).await;
    let reference = |path: &str| {
        document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].clone()
    };
    assert_eq!(reference("/first"), "#/components/schemas/Cat");
    assert_eq!(reference("/cat"), "#/components/schemas/Cat");
    assert_eq!(reference("/other"), "#/components/schemas/Cat2");
    assert!(document["components"]["schemas"]["Cat"]["properties"]["name"].is_object(), "{document}");
    assert!(document["components"]["schemas"]["Cat2"]["properties"]["age"].is_object(), "{document}");
    assert_eq!(document["paths"]["/cat"]["summary"], "Cats");
    assert_eq!(document["paths"]["/named"]["get"]["operationId"], "named");
    assert_eq!(document["paths"]["/named"]["get"]["tags"], json!(["open"]));
    assert_eq!(document["paths"]["/hidden"].get("get"), None);
}

#[tokio::test]
async fn settings_of_documents_survive_a_guard() {
    for extracted in [true, false] {
        generate::extract_schemas(extracted);
        generate::inferred_empty_response_status(204);
        let guarded = guard!(depends(get_user)).protect(ApiRouter::new());
        let router = guarded.api_route("/cat", get(async || Json(Cat { name: "Tom".to_owned() })));
        let document = served(router.api_route("/open", get(open))).await;
        let schema = &document["paths"]["/cat"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert_eq!(schema.get("$ref").is_some(), extracted, "{document}");
        assert!(document["paths"]["/open"]["get"]["responses"]["204"].is_object(), "{document}");
        // Only a document that takes the schemas resets the settings.
        let again = served(ApiRouter::new().api_route("/open", get(open))).await;
        assert_eq!(again["paths"]["/open"]["get"]["responses"].get("204").is_none(), extracted, "{again}");
        generate::reset_context();
    }
}

#[derive(Clone)]
struct Door(&'static str);

#[security]
async fn asks_the_state(State(door): State<Door>, _: HttpBearer<Plain>) -> Result<(), AuthError> {
    if door.0 == "open" { Ok(()) } else { Err(AuthError::forbidden("Closed")) }
}

struct Plain;

impl HttpBearerScheme for Plain {}

#[tokio::test]
async fn a_guard_around_a_documented_router_refuses() {
    for (state, status) in [("open", 200), ("closed", 403)] {
        let gate = guard!(depends(asks_the_state)).with_state(Door(state));
        let router = gate.protect(ApiRouter::new().api_route("/in", get(async |State(Door(_)): State<Door>| {})));
        let router = router.with_state(Door("inside")).api_route("/out", get(open));
        let app = App::new(finished(router).0);
        assert_eq!(app.get("/in").bearer("t").await.status(), status);
        assert_eq!(app.get("/in").await.status(), 401);
        assert_eq!(app.get("/out").await.status(), 200);
        assert_eq!(app.get("/nowhere").await.status(), 404);
    }
}

struct Strict;

impl OAuth2Scheme for Strict {
    const NAME: &str = "Strict";
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("write", "Write.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security]
async fn strict(required: SecurityScopes, Bearer(token): Bearer<Strict>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

#[tokio::test]
async fn a_guard_in_the_style_of_rfc_6750_lists_400_and_403_as_well() {
    let gate = guard!(scopes = ["write"], depends(strict));
    let document = served(gate.protect(ApiRouter::new().api_route("/", get(open)))).await;
    let responses = &document["paths"]["/"]["get"]["responses"];
    assert_eq!(responses["403"]["content"]["application/json"]["example"]["error"], "insufficient_scope");
    for (status, challenge) in
        [("400", r#"Bearer error="invalid_request""#), ("401", r#"Bearer error="invalid_token""#)]
    {
        assert_eq!(responses[status]["headers"]["WWW-Authenticate"]["example"], challenge);
    }
}
