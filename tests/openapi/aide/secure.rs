//! Public operations, and routers whose routes say who may call them.

use aide::openapi::OpenApi;
use axum_scopes::{
    AccessTable, guard,
    secure::{
        self,
        aide::{ApiRouter, get, post, put_with},
        elsewhere, public,
    },
    security,
};
use axum_scopes_openapi_tests::prelude::{Api, AuthError, Bearer, Depends, get_current_user, json, requires};
use axum_scopes_test_support::App;

#[security(scopes = ["items"])]
async fn read_items(_: Depends<get_current_user>) -> String {
    "items".to_owned()
}

#[security(public = "load balancers have no token")]
async fn status() -> String {
    "up".to_owned()
}

#[security]
async fn guest(token: Option<Bearer<Api>>) -> Result<bool, AuthError> {
    Ok(token.is_some())
}

#[security(public = "guests look, too")]
async fn front_page(_: Depends<guest>) -> String {
    "front".to_owned()
}

fn service() -> ApiRouter {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    ApiRouter::new()
        .api_route("/", get(front_page))
        .api_route("/items", get(read_items).post(read_items))
        .api_route("/status", get(status).put_with(status, |operation| operation.summary("again")))
        .api_route("/closure", post(public("it greets", async || "hello".to_owned())))
        .route("/hidden", secure::get(status))
        .nest("/admin", staff.protect(ApiRouter::new().api_route("/status", put_with(status, |operation| operation))))
}

#[tokio::test]
async fn each_operation_has_its_row_and_says_why_it_is_public() {
    let table = "\
GET   /              public (guests look, too) or OAuth2PasswordBearer
PUT   /admin/status  OAuth2PasswordBearer [admin]
POST  /closure       public (it greets)
GET   /hidden        public (load balancers have no token)
GET   /items         OAuth2PasswordBearer [items]
POST  /items         OAuth2PasswordBearer [items]
GET   /status        public (load balancers have no token)
PUT   /status        public (load balancers have no token)
";
    assert_eq!(service().table().to_string(), table);
    let mut api = OpenApi::default();
    let router = service().finish(&mut api);
    assert_eq!(router.table().to_string(), table);

    let document = serde_json::to_value(&api).unwrap();
    // aide does not serialise an empty list.
    assert_eq!(requires(&document, "get /status"), json!([{}]));
    assert_eq!(document["paths"]["/status"]["get"]["x-public"], "load balancers have no token");
    assert_eq!(document["paths"]["/status"]["put"]["summary"], "again");
    assert_eq!(document["paths"]["/closure"]["post"]["x-public"], "it greets");
    assert_eq!(document["paths"]["/admin/status"]["put"].get("x-public"), None);
    let of_document = AccessTable::of_document(&api).unwrap().to_string();
    let lines = |table: &str| table.lines().filter(|line| !line.contains("/hidden")).map(squeezed).collect::<Vec<_>>();
    assert_eq!(lines(&of_document), lines(table));

    let app = App::new(router.into_router());
    assert_eq!(app.get("/items").await.status(), 401);
    assert_eq!(app.get("/status").await.text(), "up");
}

#[test]
fn an_operation_says_who_else_decides() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let metrics = || get(elsewhere("the mesh decides", async || "up 1".to_owned()));
    let router: ApiRouter = ApiRouter::new()
        .api_route("/metrics", metrics())
        .nest("/admin", staff.protect(ApiRouter::new().api_route("/metrics", metrics())));
    let mut api = OpenApi::default();
    let router = router.finish(&mut api);
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(document["paths"]["/metrics"]["get"]["x-elsewhere"], "the mesh decides");
    assert_eq!(document["paths"]["/metrics"]["get"].get("x-public"), None);
    let table = AccessTable::of_document(&api).unwrap();
    assert_eq!(table, router.table());
    assert_eq!(
        table.to_string(),
        "\
GET  /admin/metrics  OAuth2PasswordBearer [admin], elsewhere (the mesh decides)
GET  /metrics        elsewhere (the mesh decides)
"
    );
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
