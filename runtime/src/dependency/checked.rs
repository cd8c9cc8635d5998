//! What is kept of one call: whether the function has compared the scopes that it was lent, and the path parameters that the scopes
//! need.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use axum::http::request::Parts;

use crate::{dependency::values::PathValues, error::AuthError, tree::requirement::Requirement};

/// Whether the function has compared the scopes that it was lent.
#[derive(Debug, Default)]
pub struct Checked {
    is_done: AtomicBool,
    of_path: PathValues,
}

impl Checked {
    /// With the path parameters, if the required scopes have parameters.
    ///
    /// # Errors
    ///
    /// 400 if the path does not decode to UTF-8.
    pub(crate) fn at(parts: &mut Parts, requirement: &'static Requirement) -> Result<Self, AuthError> {
        Ok(Self { is_done: AtomicBool::new(false), of_path: PathValues::read(parts, requirement)? })
    }

    pub(super) fn of_path(&self) -> &PathValues {
        &self.of_path
    }

    pub(super) fn done(&self) {
        self.is_done.store(true, Relaxed);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.is_done.load(Relaxed)
    }
}
