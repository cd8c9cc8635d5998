//! The types of the library have a schema as members of the service's own types.

use axum_scopes::Scopes;
use serde_json::json;

/// A possible answer of a route for introspection.
#[derive(schemars::JsonSchema)]
struct Grant {
    #[expect(dead_code, reason = "only its schema is asked for")]
    scope: Scopes,
}

#[test]
fn scopes_are_a_string_in_the_schema_of_a_type_of_the_service() {
    let grant = serde_json::to_value(schemars::schema_for!(Grant)).unwrap();
    assert_eq!(grant["properties"]["scope"], json!({"$ref": "#/$defs/Scopes"}));
    assert_eq!(grant["$defs"]["Scopes"]["type"], "string");
}
