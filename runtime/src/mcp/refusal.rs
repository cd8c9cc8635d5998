//! Refusals of messages: a reason comes in, and a response goes out that a client of MCP can read.

use axum::{
    http::{
        StatusCode,
        header::{CONTENT_TYPE, HeaderValue},
    },
    response::{IntoResponse, Response},
};

use super::message::Malformed;
use crate::{error::AuthError, scheme::SchemeInfo};

/// Why a message is refused, whatever the caller may do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Refusal {
    TooLarge,
    MediaType,
    Malformed(Malformed),
    /// A header says something else than the message.
    Headers,
    /// Nothing is declared about the tool, the prompt, the resource or the method.
    Undeclared,
}

impl Refusal {
    /// The response, in the style of the scheme.
    pub(super) fn into_response(self, scheme: Option<&'static SchemeInfo>) -> Response {
        match self {
            Self::Undeclared => {
                AuthError::forbidden("Unknown tool, prompt, resource or method").in_style(scheme).into_response()
            }
            Self::TooLarge => error(StatusCode::PAYLOAD_TOO_LARGE, INVALID_REQUEST, "The message is too large"),
            Self::MediaType => error(StatusCode::UNSUPPORTED_MEDIA_TYPE, INVALID_REQUEST, "Expected application/json"),
            Self::Malformed(Malformed::Json) => error(
                StatusCode::BAD_REQUEST,
                PARSE_ERROR,
                "Expected JSON in UTF-8, nested at most 64 levels, without repeated names",
            ),
            Self::Malformed(Malformed::Message) => {
                error(StatusCode::BAD_REQUEST, INVALID_REQUEST, "Expected one message of JSON-RPC 2.0 as MCP has them")
            }
            Self::Headers => {
                error(StatusCode::BAD_REQUEST, HEADER_MISMATCH, "Mcp-Method or Mcp-Name differs from the message")
            }
        }
    }
}

/// JSON-RPC 2.0 §5.1.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
/// MCP 2026-07-28, transports.
const HEADER_MISMATCH: i32 = -32020;

/// The messages are constants without characters that JSON escapes. The ID of the request is not known, so it is null.
fn error(status: StatusCode, code: i32, message: &'static str) -> Response {
    let body = format!(r#"{{"jsonrpc":"2.0","id":null,"error":{{"code":{code},"message":"{message}"}}}}"#);
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
