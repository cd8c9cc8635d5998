//! Public operations, and routers whose routes say who may call them.

use axum_scopes::{
    AccessTable,
    secure::{
        self,
        utoipa::{OpenApiRouter as Secured, routes as secured},
    },
};
use axum_scopes_openapi_tests::prelude::*;
use axum_scopes_test_support::App;

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items", responses((status = OK)))]
async fn read_items(_: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
#[utoipa::path(post, path = "/items")]
async fn create_item(_: Depends<get_current_user>) {}

#[security(public = "load balancers have no token")]
#[utoipa::path(method(get, head), path = "/status")]
async fn status() {}

#[security(public = "guests look, too")]
#[utoipa::path(get, path = "/")]
async fn front_page(_: Option<Bearer<Api>>) {}

#[security(public = "it is told to everybody")]
#[utoipa::path(get, path = "")]
async fn root() {}

#[test]
fn a_public_operation_says_so_and_why() {
    let router =
        || OpenApiRouter::<()>::new().routes(routes!(status)).routes(routes!(front_page)).routes(routes!(read_items));
    let (_, api) = router().split_secured();
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(requires(&document, "get /status"), json!([]));
    assert_eq!(requires(&document, "head /status"), json!([]));
    assert_eq!(document["paths"]["/status"]["get"]["x-public"], "load balancers have no token");
    assert_eq!(requires(&document, "get /"), json!([{}, {"OAuth2PasswordBearer": []}]));
    assert_eq!(document["paths"]["/"]["get"]["x-public"], "guests look, too");
    assert_eq!(document["paths"]["/items"]["get"].get("x-public"), None);
    let table = "\
GET   /        public (guests look, too) or OAuth2PasswordBearer
GET   /items   OAuth2PasswordBearer [items]
GET   /status  public (load balancers have no token)
HEAD  /status  public (load balancers have no token)
";
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);

    let mut again = api.clone();
    utoipa::Modify::modify(&SecuritySchemes, &mut again);
    assert_eq!(serde_json::to_value(again).unwrap(), document);
}

#[test]
fn an_operation_behind_a_guard_that_asks_is_not_public() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let router = OpenApiRouter::<()>::new().routes(staff.protect(routes!(status)));
    let (_, api) = staff.protect(router).split_secured();
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(requires(&document, "get /status"), json!([{"OAuth2PasswordBearer": ["admin"]}]));
    assert_eq!(document["paths"]["/status"]["get"].get("x-public"), None);
}

#[security]
async fn guest(token: Option<Bearer<Api>>) -> Result<bool, AuthError> {
    Ok(token.is_some())
}

#[test]
fn an_operation_behind_a_guard_that_asks_nobody_stays_public() {
    let (_, api) = OpenApiRouter::<()>::new().routes(guard!(depends(guest)).protect(routes!(status))).split_secured();
    let document = serde_json::to_value(&api).unwrap();
    assert_eq!(document["paths"]["/status"]["get"]["x-public"], "load balancers have no token");
}

fn service() -> Secured {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    Secured::new()
        .routes(secured!(read_items, create_item, status))
        .route("/hidden", secure::get(front_page))
        .nest("/admin", staff.protect(Secured::new().routes(secured!(read_items))))
        .nest("/root", Secured::new().routes(secured!(root)))
        .merge(Secured::new().routes(staff.protect(secured!(front_page))))
}

#[tokio::test]
async fn each_operation_has_its_row() {
    let table = "\
GET   /             OAuth2PasswordBearer [admin]
GET   /admin/items  OAuth2PasswordBearer [admin items]
GET   /hidden       public (guests look, too) or OAuth2PasswordBearer (unchecked)
GET   /items        OAuth2PasswordBearer [items]
POST  /items        OAuth2PasswordBearer [items]
GET   /root         public (it is told to everybody)
GET   /status       public (load balancers have no token)
HEAD  /status       public (load balancers have no token)
";
    assert_eq!(service().table().to_string(), table);
    let (router, api) = service().split();
    assert_eq!(router.table().to_string(), table);

    // The document lacks only the hidden route.
    let of_document = AccessTable::of_document(&api).unwrap().to_string();
    let lines = |table: &str| table.lines().filter(|line| !line.contains("/hidden")).map(squeezed).collect::<Vec<_>>();
    assert_eq!(lines(&of_document), lines(table));

    let app = App::new(router.into_router());
    assert_eq!(app.get("/items").await.status(), 401);
    assert_eq!(app.post("/items").bearer("items").await.status(), 200);
    assert_eq!(app.get("/admin/items").bearer("items").await.status(), 401);
    assert_eq!(app.get("/status").await.status(), 200);
    assert_eq!(app.get("/").await.status(), 401);
    // Each handler is only at its own path.
    assert_eq!(app.post("/status").await.status(), 405);
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
