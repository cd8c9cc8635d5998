//! Merged and nested documents keep the requirements of their operations.

use axum_scopes_openapi_tests::prelude::*;

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

#[security(scopes = ["admin"])]
#[utoipa::path(post, path = "/items")]
async fn write_items(_: Depends<get_current_user>) {}

#[security]
#[utoipa::path(get, path = "")]
async fn root(_: Depends<get_partner>) {}

#[utoipa::path(get, path = "/public", responses((status = 200)))]
async fn public() {}

fn items() -> Value {
    json!([{"OAuth2PasswordBearer": ["items"]}])
}

#[test]
fn nested_and_merged_routers_keep_their_requirements() {
    let v1 = OpenApiRouter::new().routes(routes!(read_items)).routes(routes!(root));
    let v2 = OpenApiRouter::new().nest("/{tenant}", OpenApiRouter::new().routes(routes!(read_items, write_items)));
    let api = document(
        OpenApiRouter::new()
            .routes(utoipa_axum::routes!(public))
            .nest("/v1", v1)
            .merge(OpenApiRouter::new().nest("/v2", v2)),
    );
    assert_eq!(requires(&api, "get /v1/items"), items());
    assert_eq!(requires(&api, "get /v1"), json!([{"PartnerKey": []}]));
    assert_eq!(requires(&api, "get /v2/{tenant}/items"), items());
    assert_eq!(requires(&api, "post /v2/{tenant}/items"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
    assert_eq!(requires(&api, "get /public"), Value::Null);
}

#[test]
fn methods_of_one_path_from_two_routers_are_both_there() {
    let reads = OpenApiRouter::new().routes(routes!(read_items));
    let api = document(reads.merge(OpenApiRouter::new().routes(routes!(write_items))));
    assert_eq!(requires(&api, "get /items"), items());
    assert_eq!(requires(&api, "post /items"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
}

#[derive(OpenApi)]
#[openapi(paths(read_items), modifiers(&SecuritySchemes))]
struct Finished;

#[derive(OpenApi)]
#[openapi(paths(read_items))]
struct Unfinished;

#[derive(OpenApi)]
#[openapi(
    paths(root),
    nest((path = "/finished", api = Finished), (path = "/unfinished", api = Unfinished)),
    modifiers(&SecuritySchemes)
)]
struct Nesting;

#[test]
fn nested_documents_are_finished_with_the_outer_one() {
    let api = finished::<Nesting>();
    assert_eq!(requires(&api, "get /finished/items"), items());
    assert_eq!(requires(&api, "get /unfinished/items"), items());
    assert_eq!(requires(&api, "get "), json!([{"PartnerKey": []}]));
    let names: Vec<_> = api["components"]["securitySchemes"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["OAuth2PasswordBearer", "PartnerKey"]);
}

#[test]
fn finishing_twice_changes_nothing() {
    use utoipa::Modify;

    let mut once = Nesting::openapi();
    SecuritySchemes.modify(&mut once);
    assert_eq!(serde_json::to_value(once).unwrap(), finished::<Nesting>());

    let (router, api) =
        OpenApiRouter::<()>::with_openapi(Nesting::openapi()).routes(utoipa_axum::routes!(public)).split_secured();
    let expected = serde_json::to_value(&api).unwrap();
    let (_, again) = OpenApiRouter::with_openapi(api).merge(router.into()).split_secured();
    assert_eq!(serde_json::to_value(again).unwrap(), expected);
}

#[test]
fn other_members_of_the_document_are_kept() {
    #[derive(OpenApi)]
    #[openapi(info(title = "Shop", version = "1.2.3"), servers((url = "/api")), tags((name = "items")))]
    struct Shop;

    let router = OpenApiRouter::with_openapi(Shop::openapi()).routes(routes!(read_items));
    let api = document(guard!(depends(get_partner)).protect(router));
    assert_eq!(api["info"]["title"], "Shop");
    assert_eq!((&api["servers"], &api["tags"]), (&json!([{"url": "/api"}]), &json!([{"name": "items"}])));
}

#[test]
fn a_document_without_schemes_has_no_security() {
    let api = document(OpenApiRouter::new().routes(utoipa_axum::routes!(public)));
    assert!(!api.to_string().contains("securitySchemes"), "{api:#}");
    assert_eq!(api["paths"]["/public"]["get"]["responses"], json!({"200": {"description": "OK"}}));
    assert!(!api.to_string().contains(r#""security""#), "{api:#}");
}
