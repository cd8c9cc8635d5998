//! Where the refusal of a dependency tree lies until the tree's outermost place answers with it.
//!
//! A response is large. Results that hold one are copied at each level of a tree, also where nothing is refused. So the
//! response lies in one slot, and results say no more than that it is there.

use axum::response::{IntoResponse, Response};

use crate::{
    error::{AuthError, asked::asking},
    tree::requirement::Requirement,
};

/// The place of one refusal.
#[derive(Debug, Default)]
pub struct Slot(Option<Response>);

/// Says that the refusal is in the slot.
#[derive(Debug)]
#[must_use = "a refusal refuses nothing until it is returned"]
pub struct Refused(());

impl Slot {
    /// Puts in what refuses, as the scheme refuses that is asked in this place.
    pub(crate) fn refuse(&mut self, refusal: impl IntoResponse, requirement: &Requirement) -> Refused {
        self.0 = Some(asking(requirement.scheme, || refusal.into_response()));
        Refused(())
    }

    /// The refusal.
    pub(crate) fn response(self, _: Refused) -> Response {
        // Where a tree says that it has refused, nobody is let in.
        self.0.unwrap_or_else(|| AuthError::internal().into_response())
    }
}
