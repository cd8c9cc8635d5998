//! The service's own response to the refusals of a scheme. This is the only file of the room that names a room further down:
//! a refusal knows its scheme, and a scheme may make the response of a refusal.

use axum::response::Response;

use crate::error::AuthError;

/// Makes the response of a refusal.
pub(crate) type Responder = fn(&AuthError) -> Response;

/// A responder as a part of a scheme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorResponse(pub(crate) Responder);

/// All responders are equal, because one function can have several addresses. Schemes differ by whether they have a responder.
impl PartialEq for ErrorResponse {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ErrorResponse {}
