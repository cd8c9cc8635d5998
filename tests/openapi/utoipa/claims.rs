//! Security that only the user's document requires is kept, and never shown as enforced.

use axum_scopes::AccessTable;
use axum_scopes_openapi_tests::prelude::*;
use utoipa::Modify;

#[security]
#[utoipa::path(get, path = "/open")]
async fn open() {}

#[security]
#[utoipa::path(get, path = "/anybody")]
async fn anybody(_: Option<Bearer<Api>>) {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn items(_: Depends<get_current_user>) {}

#[security]
#[utoipa::path(get, path = "/open-claims", security(("Mine" = ["a"])))]
async fn open_claims() {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items-claims", security(("Mine" = ["a"])))]
async fn items_claims(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items-or-claims", security((), ("Mine" = ["a"])))]
async fn items_or_claims(_: Depends<get_current_user>) {}

/// A handler of another crate, which may enforce what the document says.
#[utoipa::path(get, path = "/foreign")]
async fn foreign() {}

#[utoipa::path(get, path = "/foreign-claims", security(("Mine" = ["a"])))]
async fn foreign_claims() {}

fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(open))
        .routes(routes!(anybody))
        .routes(routes!(items))
        .routes(routes!(open_claims))
        .routes(routes!(items_claims))
        .routes(routes!(items_or_claims))
        .routes(utoipa_axum::routes!(foreign))
        .routes(utoipa_axum::routes!(foreign_claims))
}

#[derive(OpenApi)]
#[openapi(security(("OAuth2PasswordBearer" = ["admin"])))]
struct AsksForAdmin;

fn asks_for_admin() -> OpenApiRouter {
    OpenApiRouter::with_openapi(AsksForAdmin::openapi())
}

fn table(document: &Value) -> String {
    AccessTable::of_document(document).unwrap().to_string()
}

#[test]
fn an_open_operation_does_not_inherit_the_security_of_the_document() {
    let api = document(asks_for_admin().merge(routes()));
    assert_eq!(requires(&api, "get /open"), json!([]));
    assert_eq!(requires(&api, "get /anybody"), json!([{}, {"OAuth2PasswordBearer": []}]));
    assert_eq!(requires(&api, "get /items"), json!([{"OAuth2PasswordBearer": ["items"]}]));
    assert_eq!(requires(&api, "get /foreign"), Value::Null);
    let expected = "\
GET  /anybody          public or OAuth2PasswordBearer
GET  /foreign          claimed OAuth2PasswordBearer [admin]
GET  /foreign-claims   claimed Mine [a]
GET  /items            OAuth2PasswordBearer [items]
GET  /items-claims     OAuth2PasswordBearer [items], claimed Mine [a]
GET  /items-or-claims  OAuth2PasswordBearer [items]
GET  /open             public
GET  /open-claims      claimed Mine [a]
";
    assert_eq!(table(&api), expected);
}

#[test]
fn a_modifier_finishes_a_document_in_the_same_way() {
    #[derive(OpenApi)]
    #[openapi(
        paths(open, anybody, items, open_claims, items_claims, items_or_claims, foreign, foreign_claims),
        security(("OAuth2PasswordBearer" = ["admin"])),
        modifiers(&SecuritySchemes)
    )]
    struct Document;

    assert_eq!(table(&finished::<Document>()), table(&document(asks_for_admin().merge(routes()))));
}

#[test]
fn enforced_and_claimed_requirements_are_listed_apart() {
    let api = document(asks_for_admin().merge(routes()));
    let enforced = |path: &str| api["paths"][path]["get"].get("x-enforced-security").cloned();
    let items = json!([{"OAuth2PasswordBearer": ["items"]}]);
    assert_eq!(enforced("/items"), Some(items.clone()));
    assert_eq!(enforced("/items-claims"), Some(items));
    assert_eq!(requires(&api, "get /items-claims"), json!([{"Mine": ["a"], "OAuth2PasswordBearer": ["items"]}]));
    assert_eq!(enforced("/anybody"), Some(json!([{}, {"OAuth2PasswordBearer": []}])));
    for path in ["/open", "/open-claims", "/foreign", "/foreign-claims"] {
        assert_eq!(enforced(path), None, "{path}");
    }
}

#[test]
fn operations_inherit_nothing_from_a_document_without_security() {
    let api = document(routes());
    assert_eq!(requires(&api, "get /open"), Value::Null);
    assert!(table(&api).contains("GET  /foreign          public\n"), "{}", table(&api));
}

/// A guard is enforced in front of a foreign handler, but knows nothing of what that handler enforces.
#[test]
fn claims_of_a_foreign_handler_stay_claims_behind_a_guard() {
    let partner = guard!(depends(get_partner));
    let api = document(asks_for_admin().merge(partner.protect(routes())));
    let table = table(&api);
    for row in [
        "GET  /foreign          PartnerKey, claimed OAuth2PasswordBearer [admin]\n",
        "GET  /foreign-claims   PartnerKey, claimed Mine [a]\n",
        "GET  /open             PartnerKey\n",
        "GET  /open-claims      PartnerKey, claimed Mine [a]\n",
        "GET  /anybody          PartnerKey\n",
    ] {
        assert!(table.contains(row), "{row}{table}");
    }
}

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

#[test]
fn a_guard_without_requirements_says_nothing_about_a_foreign_handler() {
    let api = document(asks_for_admin().merge(guard!(depends(opening_hours)).protect(routes())));
    assert_eq!(table(&api), table(&document(asks_for_admin().merge(routes()))));
}

#[test]
fn finishing_twice_changes_nothing() {
    let (_, mut api) = asks_for_admin().merge(routes()).split_secured();
    let once = serde_json::to_value(&api).unwrap();
    SecuritySchemes.modify(&mut api);
    assert_eq!(serde_json::to_value(&api).unwrap(), once);
}

/// Such an operation must not be mistaken for an open one.
#[test]
fn an_operation_whose_marker_cannot_be_read_stays_unfinished() {
    for marker in [json!(null), json!([]), json!({"needs": []}), json!("public")] {
        let mut router = asks_for_admin().routes(routes!(items));
        let operation = router.get_openapi_mut().paths.paths.get_mut("/items").unwrap().get.as_mut().unwrap();
        operation.extensions.as_mut().unwrap().insert("x-axum-scopes".to_owned(), marker.clone());
        let error = AccessTable::of_document(&document(router)).unwrap_err().to_string();
        assert!(error.starts_with("the scopes are not in the document yet"), "{marker} {error}");
    }
}

/// A finished document can be part of another one.
#[test]
fn a_guard_around_a_finished_document_is_enforced_as_well() {
    let (_, finished) = routes().split_secured();
    let partner = guard!(depends(get_partner));
    let api = document(partner.protect(OpenApiRouter::with_openapi(finished)));
    let both = json!([{"OAuth2PasswordBearer": ["items"], "PartnerKey": []}]);
    assert_eq!(requires(&api, "get /items"), both);
    assert_eq!(api["paths"]["/items"]["get"]["x-enforced-security"], both);
    assert!(table(&api).contains("GET  /items            OAuth2PasswordBearer [items] and PartnerKey\n"));
}

#[test]
fn a_finished_document_is_served() {
    let (router, api) = asks_for_admin().merge(routes()).split_secured();
    let _: Router = router.merge(axum_scopes::docs::Docs::new(&api).unwrap().into_router());
}
