//! How a ready-made dependency gets what it verifies tokens with: from the router's state.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};

/// A state that provides the judge `V`: each that does so by [`FromRef`]. It exists for its message.
#[diagnostic::on_unimplemented(
    message = "the router's state `{Self}` provides no `{V}`, with which this route's tokens are verified",
    label = "needs a state that provides `{V}`",
    note = "add it: `impl FromRef<{Self}> for {V}`, or a field of that type and `#[derive(FromRef)]`",
    note = "a state in an `Arc` provides what the type in the `Arc` provides: write the impl for that type"
)]
pub trait HasJudge<V> {
    /// The judge.
    fn judge(&self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V: FromRef<S>, S> HasJudge<V> for S {
    fn judge(&self) -> V {
        V::from_ref(self)
    }
}

/// The judge that the router's state provides.
#[derive(Debug)]
pub struct Judge<V>(pub V);

impl<V, S: HasJudge<V> + Sync> FromRequestParts<S> for Judge<V> {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(state.judge()))
    }
}
