//! The access table shows every operation of a finished document, and refuses all other documents.

use axum_scopes::{AccessTable, access::DocumentError};
use axum_scopes_openapi_tests::prelude::*;

fn table(document: &Value) -> Result<String, String> {
    AccessTable::of_document(document).map(|table| table.to_string()).map_err(|error| error.to_string())
}

/// A document with one operation, `GET /`.
fn with(operation: Value) -> Value {
    json!({"paths": {"/": {"get": operation}}})
}

#[test]
fn requirements_are_shown_together_and_as_alternatives() {
    for (security, expected) in [
        (json!([]), "public"),
        (json!([{}]), "public"),
        (json!([{"A": []}]), "A"),
        (json!([{"A": ["a", "b"]}]), "A [a b]"),
        (json!([{"B": [], "A": ["a"]}]), "A [a] and B"),
        (json!([{"A": ["a"]}, {"B": []}]), "A [a] or B"),
        (json!([{}, {"A": ["a"]}]), "public or A [a]"),
    ] {
        let document = with(json!({"security": security, "x-enforced-security": security}));
        assert_eq!(table(&document).unwrap(), format!("GET  /  {expected}\n"), "{security}");
    }
    assert_eq!(table(&with(json!({}))).unwrap(), "GET  /  public\n");
}

/// Only the document requires this. The library has enforced nothing.
#[test]
fn a_requirement_that_is_not_enforced_is_claimed() {
    for (security, expected) in [
        (json!([]), "public"),
        (json!([{}]), "public"),
        (json!([{"A": ["a", "b"]}]), "claimed A [a b]"),
        (json!([{"B": [], "A": ["a"]}]), "claimed A [a] and B"),
        (json!([{"A": ["a"]}, {"B": []}]), "claimed A [a] or B"),
        (json!([{"A": ["a"]}, {}]), "claimed public or A [a]"),
    ] {
        for enforced in [None, Some(json!([])), Some(json!([{}]))] {
            let mut document = with(json!({"security": security}));
            if let Some(enforced) = enforced {
                document["paths"]["/"]["get"]["x-enforced-security"] = enforced;
            }
            assert_eq!(table(&document).unwrap(), format!("GET  /  {expected}\n"), "{security}");
        }
    }
}

#[test]
fn requirements_beyond_the_enforced_ones_are_claimed() {
    let a = json!([{"A": ["a"]}]);
    for (enforced, security, expected) in [
        (&a, json!([{"A": ["a"], "B": []}]), "A [a], claimed B"),
        (&a, json!([{"A": ["a", "b"]}]), "A [a], claimed A [b]"),
        (&a, json!([{"A": ["a"], "B": []}, {"A": ["a"], "C": ["c"]}]), "A [a], claimed B or C [c]"),
        (&a, json!([{"A": ["a"]}, {"A": ["a"], "B": []}]), "A [a]"),
        (&a, json!([{"B": []}]), "A [a], claimed B"),
        (&a, json!([{"A": []}]), "A [a], claimed A"),
        (&a, json!([]), "A [a], claimed public"),
        (&a, json!([{}, {"A": ["a"]}]), "A [a], claimed public or A [a]"),
        (&json!([{}, {"A": []}]), json!([{"B": []}, {"A": [], "B": []}]), "public or A, claimed B"),
        (&json!([{}, {"A": []}]), json!([{"A": []}]), "public or A, claimed A"),
        (&json!([{"A": []}, {"B": []}]), json!([{"A": [], "C": []}, {"B": [], "C": []}]), "A or B, claimed C"),
        (&json!([{"A": []}, {"B": []}]), json!([{"A": [], "C": []}, {"B": []}]), "A or B, claimed A and C or B"),
        (&json!([{"A": []}, {"B": []}]), json!([{"B": []}, {"A": []}]), "A or B"),
    ] {
        let document = with(json!({"security": security, "x-enforced-security": enforced}));
        assert_eq!(table(&document).unwrap(), format!("GET  /  {expected}\n"), "{enforced} {security}");
    }
}

#[test]
fn operations_without_security_inherit_that_of_the_document() {
    let document = json!({
        "security": [{"A": ["a"]}],
        "paths": {
            "/": {
                "get": {},
                "post": {"security": []},
                "put": {"security": [{}]},
                "delete": {"security": [{"B": []}]},
            },
        },
    });
    let expected = "GET     /  claimed A [a]\nPOST    /  public\nPUT     /  public\nDELETE  /  claimed B\n";
    assert_eq!(table(&document).unwrap(), expected);
}

/// Such an operation must not be shown as `public`, because it may be protected.
#[test]
fn malformed_requirements_are_an_error() {
    let malformed = [
        json!(null),
        json!(""),
        json!("A"),
        json!({}),
        json!({"A": []}),
        json!([null]),
        json!(["A"]),
        json!([["A"]]),
        json!([{"A": null}]),
        json!([{"A": "a"}]),
        json!([{"A": {}}]),
        json!([{"A": [1]}]),
        json!([{"A": ["a"]}, 1]),
        json!(false),
        json!(0),
    ];
    let message = "the document has a `security` that is not a list of requirements";
    for security in malformed {
        assert_eq!(table(&with(json!({"security": security}))), Err(message.to_owned()), "{security}");
        let mut document = with(json!({}));
        document["security"] = security.clone();
        assert_eq!(table(&document), Err(message.to_owned()), "{security} of the document");
        let enforced = with(json!({"x-enforced-security": security}));
        assert_eq!(table(&enforced), Err(message.to_owned()), "{security} that is enforced");
    }
}

#[test]
fn json_that_is_no_document_is_an_error() {
    let message = "the document is not a JSON object";
    for document in [json!(null), json!([]), json!("paths"), json!(1)] {
        assert_eq!(table(&document), Err(message.to_owned()), "{document}");
    }
    assert_eq!(table(&json!({"paths": {}})).unwrap(), "");
    assert_eq!(table(&json!({"webhooks": {}})).unwrap(), "", "OpenAPI 3.1 requires no paths");
    let error: DocumentError = AccessTable::of_document(&Failing).unwrap_err();
    assert_eq!(error.to_string(), "the document cannot be serialised as JSON");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no");
}

struct Failing;

impl serde::Serialize for Failing {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no"))
    }
}

/// The table shows every operation that can be called, but no other member of a path.
#[test]
fn all_operations_are_shown_and_nothing_else() {
    let operation = json!({"security": [{"A": []}], "x-enforced-security": [{"A": []}]});
    let document = json!({
        "paths": {
            "/b": {
                "summary": "s",
                "description": {},
                "parameters": [],
                "servers": [{}],
                "x-get": operation,
                "trace": operation, "delete": operation, "patch": operation, "put": operation, "post": operation,
                "query": operation, "options": operation, "head": operation, "get": operation,
                "additionalOperations": {"COPY": operation, "LINK": {}},
            },
            "/a": {"get": {}},
            "x-paths": {"get": {}},
        },
    });
    let rows: Vec<_> =
        table(&document).unwrap().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        "GET /a public",
        "GET /b A",
        "HEAD /b A",
        "OPTIONS /b A",
        "QUERY /b A",
        "POST /b A",
        "PUT /b A",
        "PATCH /b A",
        "DELETE /b A",
        "TRACE /b A",
        "COPY /b A",
        "LINK /b public",
    ];
    assert_eq!(rows, expected);
}

/// The table must not leave such an operation out.
#[test]
fn operations_that_cannot_be_read_are_an_error() {
    let paths = [
        json!(null),
        json!([]),
        json!({"/": null}),
        json!({"/": []}),
        json!({"/": {"get": null}}),
        json!({"/": {"post": []}}),
        json!({"/": {"additionalOperations": []}}),
        json!({"/": {"additionalOperations": {"COPY": 1}}}),
        json!({"/": {"$ref": "#/components/pathItems/a"}}),
    ];
    for paths in paths {
        let answer = table(&json!({"paths": paths}));
        assert_eq!(answer, Err("the document has a path whose operations cannot be read".to_owned()), "{paths}");
    }
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items(_: Depends<get_current_user>) {}

#[security]
async fn undocumented(_: Depends<get_partner>, #[security(scopes = ["admin"])] _: Depends<get_current_active_user>) {}

#[security]
async fn public() {}

#[security]
async fn generic<S: Clone + Send + Sync + 'static>(_: Depends<get_current_user>, _: State<S>) {}

#[test]
fn an_unfinished_document_is_an_error() {
    let (_, unfinished) = OpenApiRouter::<()>::new().routes(routes!(read_items)).split_for_parts();
    let error = AccessTable::of_document(&unfinished).unwrap_err().to_string();
    assert!(error.starts_with("the scopes are not in the document yet; finish it with"), "{error}");
    let copy = json!({"paths": {"/": {"additionalOperations": {"COPY": {"x-axum-scopes": []}}}}});
    assert_eq!(table(&copy), Err(error));

    let (_, finished) = OpenApiRouter::<()>::new().routes(routes!(read_items)).split_secured();
    assert_eq!(AccessTable::of_document(&finished).unwrap().to_string(), "GET  /items  OAuth2PasswordBearer [items]\n");
}

#[test]
fn routes_without_a_document_are_shown_by_their_handlers() {
    let table = AccessTable::new()
        .route("GET", "/items", read_items)
        .route("COPY", "/items", undocumented)
        .route("PUT", "/items", generic::<u8>)
        .route("POST", "/a", public);
    let expected = "\
POST  /a      public
GET   /items  OAuth2PasswordBearer [items]
PUT   /items  OAuth2PasswordBearer
COPY  /items  OAuth2PasswordBearer [admin me] and PartnerKey
";
    assert_eq!(table.to_string(), expected);
}

#[test]
fn a_document_and_its_routes_have_the_same_table() {
    let (_, finished) = OpenApiRouter::<()>::new().routes(routes!(read_items)).split_secured();
    let of_document = AccessTable::of_document(&finished).unwrap();
    assert_eq!(of_document, AccessTable::new().route("GET", "/items", read_items));
}

/// A state without any value. So a listing cannot use one.
#[derive(Clone)]
enum Database {}

#[security]
async fn get_reader(
    required: SecurityScopes,
    State(_): State<Database>,
    Bearer(_): Bearer<Api>,
) -> Result<(), AuthError> {
    required.check(&["items"])
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/read")]
async fn read(_: Depends<get_reader>, _: State<Database>) {}

#[test]
fn routes_and_guards_are_listed_without_a_state() {
    let guard = guard!(scopes = ["admin"], depends(get_reader)).with_extension::<Database>();
    let router = OpenApiRouter::<Database>::new().routes(routes!(read));
    let (_, finished) =
        router.nest("/admin", guard.protect(OpenApiRouter::new().routes(routes!(read)))).split_secured();
    let expected = "\
GET  /admin/read  OAuth2PasswordBearer [admin items]
GET  /read        OAuth2PasswordBearer [items]
";
    assert_eq!(AccessTable::of_document(&finished).unwrap().to_string(), expected);
}
