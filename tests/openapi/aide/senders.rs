//! What a scheme asks of the senders of tokens stands in its Security Scheme Object and in the table.

use aide::openapi::OpenApi;
use axum_scopes::{
    AccessTable, Flows, OAuth2Scheme, Scopes, SecurityScopes,
    credential::AccessToken,
    scheme::Sender,
    secure::aide::{ApiRouter, get},
    security,
};
use axum_scopes_openapi_tests::prelude::{AuthError, Depends, json};

struct Vault;

impl OAuth2Scheme for Vault {
    const NAME: &str = "Vault";
    const FLOWS: Flows = Flows::client_credentials("/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const DESCRIPTION: Option<&str> = Some("For machines.");
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]).or_certificate().required();
}

struct Shop;

impl OAuth2Scheme for Shop {
    const NAME: &str = "Shop";
    const FLOWS: Flows = Flows::client_credentials("/token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

#[security]
async fn get_sender<S: OAuth2Scheme>(required: SecurityScopes, _: AccessToken<S>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["items"])]
async fn vault(_: Depends<get_sender<Vault>>) {}

#[security(scopes = ["items"])]
async fn shop(_: Depends<get_sender<Shop>>) {}

#[test]
fn a_scheme_that_requires_bound_tokens_is_marked_in_the_document_and_in_both_tables() {
    let router: ApiRouter = ApiRouter::new().api_route("/shop", get(shop)).api_route("/vault", get(vault));
    let table = "\
GET  /shop   Shop [items]
GET  /vault  Vault (DPoP or certificate) [items]
";
    assert_eq!(router.table().to_string(), table);
    let mut api = OpenApi::default();
    let _ = router.finish(&mut api);
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);
    let document = serde_json::to_value(&api).unwrap();
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["Vault"]["x-sender"], json!({"dpop": ["ES256"], "certificate": true, "required": true}));
    assert_eq!(
        schemes["Vault"]["description"],
        "For machines.\n\nOnly tokens that are bound to their sender are accepted, with a DPoP proof (`ES256`) or with the client \
         certificate that they are bound to."
    );
    assert_eq!(schemes["Shop"].get("x-sender"), None);
    assert_eq!(schemes["Shop"].get("description"), None);
}

#[security]
async fn raw(_: AccessToken<Vault>) {}

#[test]
fn a_handler_describes_an_access_token_that_it_takes_itself() {
    let mut api = OpenApi::default();
    let _ = ApiRouter::<()>::new().api_route("/raw", get(raw)).finish(&mut api);
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(document["paths"]["/raw"]["get"]["security"], json!([{"Vault": []}]));
    assert!(document["paths"]["/raw"]["get"]["responses"].get("401").is_some());
}
