//! Personal tokens in documents: a scheme of their own beside access tokens, and 503 while their store is down.

use axum_scopes::{
    either,
    login::{PersonalTokens, SessionVerifier},
    verified,
};
use axum_scopes_openapi_tests::prelude::*;

struct Personal;

impl ApiKeyScheme for Personal {
    const NAME: &str = "PersonalToken";
    const PARAMETER: &str = "x-api-key";
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

type Caller = either<verified<Api, SessionVerifier>, verified<ApiKeyHeader<Personal>, PersonalTokens>>;

#[derive(Clone, axum::extract::FromRef)]
struct App {
    sessions: SessionVerifier,
    personal: PersonalTokens,
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<Caller>) {}

#[test]
fn the_document_has_personal_tokens_beside_access_tokens() {
    let (_, api) = OpenApiRouter::<App>::new().routes(routes!(read_items)).split_secured();
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(
        requires(&document, "get /items"),
        json!([{"OAuth2PasswordBearer": ["items"]}, {"PersonalToken": ["items"]}])
    );
    let scheme = &document["components"]["securitySchemes"]["PersonalToken"];
    assert_eq!(
        (&scheme["type"], &scheme["in"], &scheme["name"]),
        (&json!("apiKey"), &json!("header"), &json!("x-api-key"))
    );
    assert!(document["paths"]["/items"]["get"]["responses"]["503"].is_object());
}
