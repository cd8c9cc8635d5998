//! A guard adds its requirements to every operation that it protects, before those of the handler.

use axum_scopes_openapi_tests::prelude::*;

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_active_user>) {}

#[security(scopes = ["items"])]
#[utoipa::path(post, path = "/items")]
async fn write_items(_: Depends<get_current_user>) {}

#[utoipa::path(get, path = "/open")]
async fn open() {}

fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(read_items, write_items)).routes(utoipa_axum::routes!(open))
}

#[test]
fn a_guard_is_in_every_operation_of_the_router_that_it_protects() {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let api = document(admin.protect(routes()));
    assert_eq!(requires(&api, "get /items"), json!([{"OAuth2PasswordBearer": ["admin", "items", "me"]}]));
    assert_eq!(requires(&api, "post /items"), json!([{"OAuth2PasswordBearer": ["admin", "items"]}]));
    assert_eq!(requires(&api, "get /open"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
}

#[test]
fn a_guard_is_in_the_operations_of_the_routes_that_it_protects_and_in_no_other() {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let router =
        OpenApiRouter::new().routes(admin.protect(routes!(read_items, write_items))).routes(utoipa_axum::routes!(open));
    let api = document(router);
    assert_eq!(requires(&api, "get /items"), json!([{"OAuth2PasswordBearer": ["admin", "items", "me"]}]));
    assert_eq!(requires(&api, "post /items"), json!([{"OAuth2PasswordBearer": ["admin", "items"]}]));
    assert_eq!(requires(&api, "get /open"), Value::Null);
}

#[test]
fn guards_around_guards_add_up_outermost_first() {
    let me = guard!(scopes = ["me"], depends(get_current_user));
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let partner = guard!(depends(get_partner));
    let api = document(admin.protect(partner.protect(me.protect(routes()))));
    let expected = json!([{"OAuth2PasswordBearer": ["admin", "me"], "PartnerKey": []}]);
    assert_eq!(requires(&api, "get /open"), expected);
    let expected = json!([{"OAuth2PasswordBearer": ["admin", "me", "items"], "PartnerKey": []}]);
    assert_eq!(requires(&api, "get /items"), expected);
}

#[test]
fn a_nested_guarded_router_is_guarded_and_its_surroundings_are_not() {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let api = document(routes().nest("/admin", admin.protect(routes())));
    assert_eq!(requires(&api, "get /open"), Value::Null);
    assert_eq!(requires(&api, "get /admin/open"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
}

#[test]
fn a_guard_around_nested_routers_is_in_all_of_them() {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let api = document(admin.protect(OpenApiRouter::new().nest("/v1", OpenApiRouter::new().nest("/a", routes()))));
    assert_eq!(requires(&api, "get /v1/a/open"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
}

#[test]
fn operations_that_are_added_to_a_guarded_router_are_open() {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let api = document(admin.protect(OpenApiRouter::new()).merge(routes()));
    assert_eq!(requires(&api, "get /open"), Value::Null);
}

#[test]
fn the_answers_of_a_guard_are_listed_unless_the_handler_lists_its_own() {
    let client = guard!(scopes = ["read"], depends(get_client));
    let api = document(client.protect(routes()));
    let responses = |path: &str| api["paths"][path]["get"]["responses"].as_object().unwrap().clone();
    assert_eq!(responses("/open").keys().collect::<Vec<_>>(), ["400", "401", "403"]);
    let items = responses("/items");
    assert_eq!(items["401"]["description"], "Not authenticated, or not enough permissions", "of the handler's scheme");
    assert_eq!(items["403"]["description"], "Not enough permissions", "of the guard's");
}

#[security]
#[utoipa::path(get, path = "/optional")]
async fn optional(_: Option<Bearer<Api>>, _: Depends<get_partner>) {}

#[test]
fn a_credential_of_a_guard_is_required_where_the_handler_has_it_optional() {
    let router = || OpenApiRouter::new().routes(routes!(optional));
    assert_eq!(requires(&document(router()), "get /optional"), json!([{"PartnerKey": []}]));
    let api = document(guard!(depends(get_current_user)).protect(router()));
    assert_eq!(requires(&api, "get /optional"), json!([{"OAuth2PasswordBearer": [], "PartnerKey": []}]));
}

#[security]
async fn anybody(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

#[test]
fn a_guard_with_an_optional_credential_leaves_operations_public() {
    let api = document(guard!(depends(anybody)).protect(routes()));
    assert_eq!(requires(&api, "get /open"), json!([{}, {"OAuth2PasswordBearer": []}]));
    assert_eq!(requires(&api, "get /items"), json!([{"OAuth2PasswordBearer": ["items", "me"]}]));
}

/// A guard without a scheme adds nothing to the document.
#[test]
fn a_guard_without_a_scheme_leaves_operations_public() {
    #[security]
    async fn opening_hours() -> Result<(), AuthError> {
        Ok(())
    }
    let api = document(guard!(depends(opening_hours)).protect(routes()));
    assert_eq!(requires(&api, "get /open"), Value::Null);
    assert_eq!(api["paths"]["/open"]["get"]["responses"], json!({}));
}

/// An OpenAPI document can have more operations than `#[utoipa::path]` can write.
#[test]
fn a_guard_leaves_out_no_operation_of_a_path() {
    let mut item = utoipa::openapi::PathItem::default();
    let operation = utoipa::openapi::path::Operation::new;
    (item.get, item.put, item.post, item.delete) =
        (Some(operation()), Some(operation()), Some(operation()), Some(operation()));
    (item.options, item.head, item.patch, item.trace) =
        (Some(operation()), Some(operation()), Some(operation()), Some(operation()));
    item.query = Some(operation());
    item.additional_operations.insert("COPY".to_owned(), operation());
    let mut router: OpenApiRouter = OpenApiRouter::new();
    router.get_openapi_mut().paths.paths.insert("/all".to_owned(), item);
    let api = document(guard!(depends(get_partner)).protect(router));
    for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] {
        assert_eq!(requires(&api, &format!("{method} /all")), json!([{"PartnerKey": []}]), "{method}");
    }
    let copy = &api["paths"]["/all"]["additionalOperations"]["COPY"];
    assert_eq!(copy["security"], json!([{"PartnerKey": []}]));
}
