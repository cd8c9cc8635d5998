//! What decides whether axum-scopes was right: the documented rules once more, on other libraries, as plainly as can be.

pub mod json;
pub mod keys;
pub mod library;
pub mod token;
