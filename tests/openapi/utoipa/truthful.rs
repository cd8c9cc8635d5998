//! The document of a service tells the truth, and the check finds every lie that is put into it.

use axum::extract::Path;
use axum_scopes_openapi_tests::prelude::*;

use axum_scopes_test_support::truth::{Report, check};

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct Item {
    id: u64,
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items/{id}", params(Item))]
async fn read_item(_: Depends<get_current_active_user>, Path(item): Path<Item>) -> String {
    item.id.to_string()
}

#[security]
#[utoipa::path(post, path = "/items/{id}")]
async fn write_item(
    #[security(scopes = ["items"])] _: Depends<get_current_user>,
    #[security(scopes = ["admin"])] _: Depends<get_current_active_user>,
) {
}

type CurrentUser = Depends<get_current_active_user>;

#[security(depends(get_current_user))]
#[utoipa::path(delete, path = "")]
async fn delete_all(#[security(scopes = ["admin"])] _user: CurrentUser) {}

#[security(scopes = ["read", "write"])]
#[utoipa::path(put, path = "/rfc")]
async fn rfc(_: Depends<get_client>) {}

#[security]
#[utoipa::path(get, path = "/any-token")]
async fn any_token(_: Depends<get_current_user>) {}

#[utoipa::path(get, path = "/public/{a}/{b}")]
async fn public() {}

#[security]
#[utoipa::path(get, path = "/partners")]
async fn partners(_: Depends<get_partner>) {}

fn service() -> (Router, Value) {
    let admin = guard!(scopes = ["admin"], depends(get_current_user));
    let me = guard!(scopes = ["me"], depends(get_current_user));
    let routes = || OpenApiRouter::new().routes(routes!(read_item, write_item)).routes(routes!(delete_all));
    let router = OpenApiRouter::new()
        .nest("/shop", routes().routes(utoipa_axum::routes!(public)))
        .nest("/admin/{tenant}", admin.protect(routes().routes(me.protect(utoipa_axum::routes!(public)))))
        .merge(OpenApiRouter::new().routes(routes!(rfc)).routes(routes!(any_token)))
        .routes(routes!(partners));
    let (router, api) = router.split_secured();
    (router, serde_json::to_value(api).unwrap())
}

fn token(scopes: &[&str]) -> String {
    if scopes.is_empty() { "none".to_owned() } else { scopes.join("+") }
}

async fn report(document: &Value) -> Report {
    check(&service().0, document, token).await
}

#[tokio::test]
async fn the_document_tells_the_truth() {
    let report = report(&service().1).await;
    assert_eq!(report.lies, Vec::<String>::new());
    assert_eq!(report.skipped, Vec::<String>::new());
    assert_eq!(report.requests, 40, "each operation, with each of its scopes left out");
}

/// Pointers to the operations that have requirements.
fn secured(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods
            .filter(|(_, operation)| operation.get("security").is_some())
            .map(move |(method, _)| format!("/paths/{}/{method}", path.replace('/', "~1")))
    });
    operations.collect()
}

/// The scopes of the only scheme that an operation requires.
fn scopes<'a>(document: &'a mut Value, operation: &str) -> &'a mut Vec<Value> {
    let requirement = document.pointer_mut(&format!("{operation}/security/0")).unwrap();
    requirement.as_object_mut().unwrap().values_mut().next().unwrap().as_array_mut().unwrap()
}

#[tokio::test]
async fn a_scope_that_is_missing_in_the_document_is_found() {
    let mut found = 0;
    for operation in secured(&service().1) {
        for i in 0..scopes(&mut service().1, &operation).len() {
            let mut document = service().1;
            scopes(&mut document, &operation).remove(i);
            let lies = report(&document).await.lies;
            assert_eq!(lies.len(), 1, "{operation} {lies:?}");
            assert!(lies[0].contains("with all of"), "{lies:?}");
            found += 1;
        }
    }
    assert_eq!(found, 19);
}

#[tokio::test]
async fn a_scope_that_only_the_document_asks_for_is_found() {
    for operation in secured(&service().1).iter().filter(|operation| !operation.contains("partners")) {
        let mut document = service().1;
        scopes(&mut document, operation).push("more".into());
        let lies = report(&document).await.lies;
        assert_eq!(lies.len(), 1, "{operation} {lies:?}");
        assert!(lies[0].ends_with("without \"more\" it answers 200"), "{lies:?}");
    }
}

#[tokio::test]
async fn an_operation_that_is_public_only_in_the_document_is_found() {
    let pointers = secured(&service().1);
    assert_eq!(pointers.len(), 10);
    for operation in pointers {
        for public in [None, Some(json!([])), Some(json!([{}])), Some(json!([{"OAuth2PasswordBearer": []}, {}]))] {
            let mut document = service().1;
            let operation = document.pointer_mut(&operation).unwrap().as_object_mut().unwrap();
            match public {
                None => operation.remove("security"),
                Some(public) => operation.insert("security".to_owned(), public),
            };
            let lies = report(&document).await.lies;
            assert_eq!(lies.len(), 1, "{lies:?}");
            assert!(lies[0].ends_with("it is public, and without a credential answers 401"), "{lies:?}");
        }
    }
}

#[tokio::test]
async fn other_lies_of_a_document_are_found() {
    let asks = json!({"security": [{"OAuth2PasswordBearer": []}]});
    for (path, method, operation, lie) in [
        (
            "/shop/public/{a}/{b}",
            "get",
            asks.clone(),
            "GET /shop/public/{a}/{b}: it is not public, and without a credential answers 200",
        ),
        (
            "/shop/public/{a}/{b}",
            "post",
            json!({}),
            "POST /shop/public/{a}/{b}: it is public, and without a credential answers 405",
        ),
        ("/nowhere", "get", asks.clone(), "GET /nowhere: it is not public, and without a credential answers 404"),
        (
            "/any-token",
            "get",
            json!({"security": [{"Unknown": []}]}),
            "GET /any-token: scheme `Unknown` is not defined",
        ),
        ("/any-token", "get", json!({"security": {}}), "GET /any-token: its `security` is not a list of requirements"),
        (
            "/any-token",
            "get",
            json!({"security": [{"OAuth2PasswordBearer": []}, {"OAuth2PasswordBearer": ["more"]}]}),
            "",
        ),
        (
            "/rfc",
            "put",
            json!({"security": [{"Rfc": ["read"]}, {"Rfc": ["read", "write"]}]}),
            "PUT /rfc: with all of Rfc [read] it answers 403",
        ),
    ] {
        let mut document = service().1;
        document["paths"][path][method] = operation;
        let lies = report(&document).await.lies;
        assert!(if lie.is_empty() { lies.is_empty() } else { lies.contains(&lie.to_owned()) }, "{lies:?} {lie}");
    }
}

/// Operations without `security` inherit that of the document.
#[tokio::test]
async fn requirements_of_the_whole_document_are_checked() {
    let mut document = service().1;
    document["security"] = json!([{"OAuth2PasswordBearer": []}]);
    let lies = report(&document).await.lies;
    assert_eq!(lies, ["GET /shop/public/{a}/{b}: it is not public, and without a credential answers 200"]);
}

mod admin {
    use super::*;

    #[security(scopes = ["admin"])]
    #[utoipa::path(get, path = "/report")]
    pub(super) async fn report(_: Depends<get_current_user>) {}

    #[security(scopes = ["admin"])]
    #[utoipa::path(post, path = "/report")]
    pub(super) async fn write_report(_: Depends<get_current_user>) {}
}

mod open {
    use super::*;

    #[security]
    #[utoipa::path(get, path = "/report")]
    pub(super) async fn report() {}
}

/// The glob imports the document of one function, and the other import a function of the same name.
mod mixed {
    #[allow(unused_imports)]
    pub(super) use super::admin::*;
    pub(super) use super::open::report;
}

#[test]
#[should_panic = "not that of the function `report`"]
fn a_function_is_not_mounted_with_the_document_of_another() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(mixed::report));
}

#[test]
#[should_panic = "not that of the function `report`"]
fn one_of_several_functions_is_not_mounted_with_the_document_of_another() {
    let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(admin::write_report, mixed::report));
}
