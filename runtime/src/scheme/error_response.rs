//! The service's own answer to all refusals of a scheme.

use axum::response::Response;

// A scheme says how a refusal looks, and a refusal knows its scheme. For this alone the two rooms name each other.
use crate::error::AuthError;

/// Makes a response of a refusal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorResponse(pub(crate) fn(&AuthError) -> Response);

/// One function can have several addresses. So schemes are compared by everything else, and by whether they have one.
impl PartialEq for ErrorResponse {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ErrorResponse {}
