//! The results of handlers that describe themselves: the response to a login, and refusals.

use ::aide::{
    OperationOutput,
    generate::GenContext,
    openapi::{MediaType, Operation, Response, SchemaObject, StatusCode},
};
use schemars::JsonSchema;

use crate::{error::AuthError, login::token_response::TokenResponse};

impl OperationOutput for TokenResponse {
    type Inner = Self;

    fn operation_response(ctx: &mut GenContext, _: &mut Operation) -> Option<Response> {
        Some(json::<Self>(ctx, "The token"))
    }

    fn inferred_responses(ctx: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Response)> {
        let response = Self::operation_response(ctx, operation);
        response.into_iter().map(|response| (Some(StatusCode::Code(200)), response)).collect()
    }
}

/// The default response, because a refusal can have any status.
impl OperationOutput for AuthError {
    type Inner = Self;

    fn operation_response(ctx: &mut GenContext, _: &mut Operation) -> Option<Response> {
        Some(json::<Self>(ctx, "Refused"))
    }

    fn inferred_responses(ctx: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Response)> {
        Self::operation_response(ctx, operation).into_iter().map(|response| (None, response)).collect()
    }
}

fn json<T: JsonSchema>(ctx: &mut GenContext, description: &str) -> Response {
    let schema = SchemaObject { json_schema: ctx.schema.subschema_for::<T>(), external_docs: None, example: None };
    let content = MediaType { schema: Some(schema), ..MediaType::default() };
    Response {
        description: description.to_owned(),
        content: [("application/json".to_owned(), content)].into_iter().collect(),
        ..Response::default()
    }
}
