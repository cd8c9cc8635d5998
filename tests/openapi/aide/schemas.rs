//! Schemas of this crate's types, as members of a service's own types.

use axum_scopes::Scopes;
use serde_json::json;

/// What a route for introspection may answer.
#[derive(schemars::JsonSchema)]
struct Grant {
    #[expect(dead_code, reason = "only its schema is asked for")]
    scope: Scopes,
}

#[test]
fn scopes_are_a_string_in_a_type_of_the_services_own() {
    let grant = serde_json::to_value(schemars::schema_for!(Grant)).unwrap();
    assert_eq!(grant["properties"]["scope"], json!({"$ref": "#/$defs/Scopes"}));
    assert_eq!(grant["$defs"]["Scopes"]["type"], "string");
}
