//! What handlers return, described by itself: the answer to a login, and refusals.

use ::aide::{
    OperationOutput,
    generate::GenContext,
    openapi::{MediaType, Operation, Response, SchemaObject, StatusCode},
};
use serde_json::json;

use super::operation::schema;
use crate::{AuthError, Token};

impl OperationOutput for Token {
    type Inner = Self;

    fn operation_response(ctx: &mut GenContext, _: &mut Operation) -> Option<Response> {
        let json_schema = ctx.schema.subschema_for::<Self>();
        Some(json("The token", SchemaObject { json_schema, external_docs: None, example: None }))
    }

    fn inferred_responses(ctx: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Response)> {
        let response = Self::operation_response(ctx, operation);
        response.into_iter().map(|response| (Some(StatusCode::Code(200)), response)).collect()
    }
}

/// The default answer: a refusal can have any status.
impl OperationOutput for AuthError {
    type Inner = Self;

    fn operation_response(_: &mut GenContext, _: &mut Operation) -> Option<Response> {
        let detail = json!({
            "type": ["string", "array"],
            "items": {"type": "object"},
            "description": "Why, as a text; of an incomplete form, its fields.",
        });
        Some(json("Refused", schema(json!({"type": "object", "properties": {"detail": detail}}))))
    }

    fn inferred_responses(ctx: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Response)> {
        Self::operation_response(ctx, operation).into_iter().map(|response| (None, response)).collect()
    }
}

fn json(description: &str, schema: SchemaObject) -> Response {
    let content = MediaType { schema: Some(schema), ..MediaType::default() };
    Response {
        description: description.to_owned(),
        content: [("application/json".to_owned(), content)].into_iter().collect(),
        ..Response::default()
    }
}
