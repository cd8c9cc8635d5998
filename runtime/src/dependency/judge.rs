//! The extractor by which `verified` takes its verifier from the router's state.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};

/// A state that provides the verifier `V` by [`FromRef`]. This trait exists for its message.
#[diagnostic::on_unimplemented(
    message = "the router's state `{Self}` provides no `{V}`, which verifies the tokens of this route",
    label = "needs a state that provides `{V}`",
    note = "add it: `impl FromRef<{Self}> for {V}`, or a field of that type and `#[derive(FromRef)]`",
    note = "a state in an `Arc` provides what the type in the `Arc` provides: write the impl for that type"
)]
pub trait HasJudge<V> {
    /// The verifier.
    fn judge(&self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V: FromRef<S>, S> HasJudge<V> for S {
    fn judge(&self) -> V {
        V::from_ref(self)
    }
}

/// The verifier that the router's state provides.
#[derive(Debug)]
pub struct Judge<V>(pub V);

impl<V, S: HasJudge<V> + Sync> FromRequestParts<S> for Judge<V> {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(state.judge()))
    }
}
