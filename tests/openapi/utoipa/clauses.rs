//! Documents and access tables of routes with alternatives of scopes, and with scopes that include others.

use axum_scopes::{AccessTable, Tree};
use axum_scopes_openapi_tests::prelude::*;
use axum_scopes_test_support::truth::check;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[
        ("me", "Read yourself."),
        ("items:read", "Read items."),
        ("items:write", "Write items"),
        ("orders", "Read orders."),
        ("admin", "Everything."),
    ];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items:write", "orders"]), ("items:write", &["items:read"])];
}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Shop>) -> Result<(), AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())
}

#[security(scopes = ["me", any("items:read", "orders")])]
#[utoipa::path(get, path = "/two")]
async fn two(_: Depends<user>) {}

#[security(scopes = [any("me", "orders"), any("items:read", "orders")])]
#[utoipa::path(get, path = "/crossed")]
async fn crossed(_: Depends<user>) {}

#[security(scopes = ["items:read"])]
async fn reader(_: Depends<user>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items:write"])]
#[utoipa::path(get, path = "/included")]
async fn included(_: Depends<reader>) {}

#[security]
#[utoipa::path(get, path = "/parameters")]
async fn parameters(
    #[security(scopes = [any("me", "orders")])] _: Depends<user>,
    #[security(scopes = ["items:read"])] _: Depends<user>,
) {
}

#[security(credential_required)]
async fn user_or_partner(
    required: SecurityScopes,
    token: Option<Bearer<Shop>>,
    key: Option<ApiKeyHeader<Partner>>,
) -> Result<(), AuthError> {
    let credential = token.map(|Bearer(token)| token).or(key.map(|ApiKeyHeader(key)| key));
    required.check(&credential.iter().flat_map(|credential| credential.as_str().split('+')).collect::<Vec<_>>())
}

#[security(scopes = [any("me", "orders")])]
#[utoipa::path(get, path = "/either")]
async fn either(_: Depends<user_or_partner>) {}

fn service() -> (Router, Value) {
    let guard = guard!(scopes = [any("me", "items:write")], depends(user));
    let routes = || OpenApiRouter::new().routes(routes!(two)).routes(routes!(crossed)).routes(routes!(included));
    let router = routes().routes(routes!(parameters)).routes(routes!(either)).nest("/guarded", guard.protect(routes()));
    let (router, api) = router.split_secured();
    (router, serde_json::to_value(api).unwrap())
}

#[tokio::test]
async fn each_listed_set_of_scopes_is_enough_and_none_of_it_is_needless() {
    let (router, document) = service();
    let token = |scopes: &[&str]| if scopes.is_empty() { "none".to_owned() } else { scopes.join("+") };
    let report = check(&router, &document, token).await;
    assert_eq!(report.lies, Vec::<String>::new());
    assert_eq!(report.skipped, Vec::<String>::new());
}

#[test]
fn documents_list_one_requirement_for_each_set_of_scopes() {
    let document = service().1;
    for (path, security) in [
        ("/two", json!([{"OAuth2PasswordBearer": ["me", "items:read"]}, {"OAuth2PasswordBearer": ["me", "orders"]}])),
        ("/crossed", json!([{"OAuth2PasswordBearer": ["me", "items:read"]}, {"OAuth2PasswordBearer": ["orders"]}])),
        ("/included", json!([{"OAuth2PasswordBearer": ["items:write"]}])),
        (
            "/parameters",
            json!([{"OAuth2PasswordBearer": ["me", "items:read"]}, {"OAuth2PasswordBearer": ["orders", "items:read"]}]),
        ),
        (
            "/either",
            json!([
                {"OAuth2PasswordBearer": ["me"]},
                {"OAuth2PasswordBearer": ["orders"]},
                {"PartnerKey": ["me"]},
                {"PartnerKey": ["orders"]},
            ]),
        ),
    ] {
        let operation = &document["paths"][path]["get"];
        assert_eq!(operation["security"], security, "{path}");
        assert_eq!(operation["x-enforced-security"], security, "{path}");
    }
}

#[test]
fn a_document_says_which_scopes_include_others() {
    let scopes = &service().1["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]["password"]["scopes"];
    assert_eq!(scopes["items:write"], "Write items. Includes `items:read`.");
    assert_eq!(scopes["admin"], "Everything. Includes `items:write`, `orders`.");
    assert_eq!(scopes["me"], "Read yourself.");
}

#[test]
fn tables_show_clauses() {
    let table = AccessTable::of_document(&service().1).unwrap().to_string();
    assert_eq!(
        table,
        "\
GET  /crossed           OAuth2PasswordBearer [me|orders items:read|orders]
GET  /either            OAuth2PasswordBearer [me|orders] or PartnerKey [me|orders]
GET  /guarded/crossed   OAuth2PasswordBearer [me|items:write me|orders items:read|orders]
GET  /guarded/included  OAuth2PasswordBearer [items:write]
GET  /guarded/two       OAuth2PasswordBearer [me items:read|orders]
GET  /included          OAuth2PasswordBearer [items:write]
GET  /parameters        OAuth2PasswordBearer [me|orders items:read]
GET  /two               OAuth2PasswordBearer [me items:read|orders]
"
    );
    let table = AccessTable::new().route("GET", "/two", two).route("GET", "/either", either);
    assert_eq!(
        table.to_string(),
        "\
GET  /either  OAuth2PasswordBearer [me|orders] or PartnerKey [me|orders]
GET  /two     OAuth2PasswordBearer [me items:read|orders]
"
    );
}

#[test]
fn trees_show_the_clauses_that_functions_wrote() {
    assert_eq!(
        Tree::of::<included>().to_string(),
        "\
included [items:write]
└─ reader [items:write items:read]
   └─ user [items:write items:read]
      ├─ SecurityScopes
      └─ OAuth2PasswordBearer
"
    );
    assert!(Tree::of::<two>().to_string().starts_with("two [me items:read|orders]\n└─ user [me items:read|orders]\n"));
}
