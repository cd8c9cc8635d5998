//! The attribute adds scopes to `#[utoipa::path]`, and keeps what the user wrote there.

use axum_scopes_openapi_tests::prelude::*;

const EXPECTED: &str = r#"[{"OAuth2PasswordBearer":["items"]}]"#;

#[security(scopes = ["items"])]
#[utoipa::path(
    get,
    path = "/everything",
    tag = "shop",
    operation_id = "everything",
    responses((status = 200, description = "Good"), (status = 418, description = "Tea"),),
    extensions(("x-mine" = json!({"a": 1})), ("x-more" = json!([2])),),
    security((), ("Mine" = ["a", "b"])),
)]
async fn everything(_: Depends<get_current_user>) {}

// Formatting would remove the trailing commas.
#[rustfmt::skip]
mod trailing_commas {
    use axum_scopes_openapi_tests::prelude::*;

    #[security(scopes = ["items"])]
    #[utoipa::path(get, path = "/empty", responses(), extensions(), security(),)]
    pub(crate) async fn empty(_: Depends<get_current_user>) {}

    #[security(scopes = ["items"])]
    #[utoipa::path(get, path = "/comma",)]
    pub(crate) async fn comma(_: Depends<get_current_user>) {}

    #[security(scopes = ["items"])]
    #[utoipa::path(get, path = "/commas", responses((status = 200,),), extensions(("x-mine" = json!(1)),),)]
    pub(crate) async fn commas(_: Depends<get_current_user>) {}
}

/// The arguments are in other positions, and their names occur with other meanings.
#[security(scopes = ["items"])]
#[utoipa::path(
    responses((status = 200, body = String, examples(("responses" = (summary = "extensions", value = json!("a")))))),
    path = "/order",
    description = "responses (a), extensions (b)",
    get
)]
async fn order(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[utoipa::path(method(get, post), path = "/methods")]
async fn methods(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[::utoipa::path(get, path = "/absolute")]
async fn absolute(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[cfg_attr(all(), utoipa::path(get, path = "/cfg", responses((status = 200))))]
async fn with_cfg(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[cfg_attr(all(), cfg_attr(all(), allow(unused), utoipa::path(get, path = "/nested-cfg")), allow(dead_code))]
async fn with_nested_cfg(_: Depends<get_current_user>) {}

/// This function is not documented in this build, but exists nevertheless.
#[security(scopes = ["items"])]
#[cfg_attr(any(), utoipa::path(get, path = "/no"))]
async fn without_cfg(_: Depends<get_current_user>) {}

/// Only one of the two operations is in this build, and it has the scopes.
#[security(scopes = ["items"])]
#[cfg_attr(any(), utoipa::path(get, path = "/no"))]
#[cfg_attr(all(), utoipa::path(get, path = "/yes"))]
async fn with_either_cfg(_: Depends<get_current_user>) {}

#[derive(OpenApi)]
#[openapi(
    paths(
        everything,
        trailing_commas::empty,
        trailing_commas::comma,
        trailing_commas::commas,
        order,
        methods,
        absolute,
        with_cfg,
        with_nested_cfg,
        with_either_cfg
    ),
    modifiers(&SecuritySchemes)
)]
struct Document;

#[test]
fn every_form_of_the_attribute_puts_the_scopes_into_the_document() {
    let api = finished::<Document>();
    for operation in [
        "get /empty",
        "get /comma",
        "get /commas",
        "get /order",
        "get /methods",
        "post /methods",
        "get /absolute",
        "get /cfg",
        "get /nested-cfg",
        "get /yes",
    ] {
        assert_eq!(requires(&api, operation).to_string(), EXPECTED, "{operation}");
    }
    let _: Router = Router::new().route("/", axum::routing::get(without_cfg));
}

#[test]
fn documentation_that_the_user_wrote_is_kept() {
    let api = finished::<Document>();
    let operation = &api["paths"]["/everything"]["get"];
    assert_eq!(operation["operationId"], "everything");
    assert_eq!(operation["tags"], json!(["shop"]));
    assert_eq!((&operation["x-mine"], &operation["x-more"]), (&json!({"a": 1}), &json!([2])));
    let statuses: Vec<_> = operation["responses"].as_object().unwrap().keys().collect();
    assert_eq!(statuses, ["200", "401", "418"]);
    let order = &api["paths"]["/order"]["get"];
    assert_eq!(order["description"], "responses (a), extensions (b)");
    assert!(order["responses"]["200"]["content"]["text/plain"]["examples"]["responses"].is_object(), "{order:#}");
}

/// The requirements of the tree are added to each of the user's alternatives.
#[test]
fn requirements_that_the_user_wrote_are_kept_beside_those_of_the_tree() {
    let expected =
        json!([{"OAuth2PasswordBearer": ["items"]}, {"Mine": ["a", "b"], "OAuth2PasswordBearer": ["items"]}]);
    assert_eq!(requires(&finished::<Document>(), "get /everything"), expected);
}

#[expect(dead_code, reason = "documented, and nothing else")]
#[utoipa::path(get, path = "/mine", security(("Mine" = ["a"])))]
async fn mine() {}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/shared", security(("OAuth2PasswordBearer" = ["a", "items"])))]
async fn shared(_: Depends<get_current_user>) {}

/// `security: []` keeps the operation open, although the document requires a scheme.
#[security]
#[utoipa::path(get, path = "/open", security())]
async fn open() {}

#[expect(dead_code, reason = "documented, and nothing else")]
#[utoipa::path(get, path = "/inherits")]
async fn inherits() {}

#[derive(OpenApi)]
#[openapi(paths(mine, shared, open, inherits), security(("Global" = [])), modifiers(&SecuritySchemes))]
struct Own;

#[test]
fn requirements_that_the_user_wrote_are_kept_where_the_tree_has_none() {
    let api = finished::<Own>();
    assert_eq!(requires(&api, "get /mine"), json!([{"Mine": ["a"]}]));
    assert_eq!(requires(&api, "get /shared"), json!([{"OAuth2PasswordBearer": ["a", "items"]}]));
    assert_eq!(requires(&api, "get /open"), json!([]), "otherwise it would inherit the security of the document");
    assert_eq!(requires(&api, "get /inherits"), Value::Null);
    assert_eq!(api["security"], json!([{"Global": []}]));
}
