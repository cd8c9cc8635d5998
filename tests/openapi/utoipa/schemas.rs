//! The types of the library have a schema as members of the service's own types.

use axum_scopes::Scopes;
use serde_json::{Value, json};
use utoipa::PartialSchema;

/// A possible answer of a route for introspection.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Grant {
    scope: Scopes,
}

#[test]
fn scopes_are_a_string_in_the_schema_of_a_type_of_the_service() {
    let grant = serde_json::to_value(Grant::schema()).unwrap();
    assert_eq!(grant["properties"]["scope"], json!({"$ref": "#/components/schemas/Scopes"}));
    let scopes = serde_json::to_value(Scopes::schema()).unwrap();
    let written = serde_json::to_value(Grant { scope: Scopes::from("me items") }).unwrap();
    assert_eq!((&scopes["type"], &written["scope"]), (&Value::from("string"), &Value::from("me items")));
}
