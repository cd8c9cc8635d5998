//! Schemas of this crate's types, as members of a service's own types.

use axum_scopes::Scopes;
use serde_json::{Value, json};
use utoipa::PartialSchema;

/// What a route for introspection may answer.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Grant {
    scope: Scopes,
}

#[test]
fn scopes_are_a_string_in_a_type_of_the_services_own() {
    let grant = serde_json::to_value(Grant::schema()).unwrap();
    assert_eq!(grant["properties"]["scope"], json!({"$ref": "#/components/schemas/Scopes"}));
    let scopes = serde_json::to_value(Scopes::schema()).unwrap();
    let written = serde_json::to_value(Grant { scope: Scopes::from("me items") }).unwrap();
    assert_eq!((&scopes["type"], &written["scope"]), (&Value::from("string"), &Value::from("me items")));
}
