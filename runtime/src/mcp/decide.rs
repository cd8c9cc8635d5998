//! What decides about a message: a function with `#[security]` comes in, and a call of it goes out that yields the caller.

use std::{any::TypeId, pin::Pin};

use axum::{http::request::Parts, response::Response};

use super::checks::{asks, includes};
use crate::{
    dependency::{extract::Dependency, guard::resolve, result::DependencyResult},
    tree::{
        node::Node,
        says::{ASKS, Is, UNSAID},
        secured::Returns,
    },
};

/// The output of an endpoint's function.
pub(super) type Caller<B> = <<B as Returns>::Ret as DependencyResult>::Output;

/// The function of an endpoint: it decides who may use the server at all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decide who may use this endpoint",
    label = "expected a dependency that asks for a credential, and has an output that is `Clone`",
    note = "return `Result<T, AuthError>`, where `T` is `Clone + Send + Sync`, and take a dependency such as `Depends<verified<Api>>`",
    note = "the second type of `Endpoint` is the state of the router, which provides what the function takes, such as a verifier"
)]
pub trait Admits<S>: Dependency<S> + Returns<Ret: DependencyResult<Output: Clone + Send + Sync>> {}

#[diagnostic::do_not_recommend]
impl<F, S> Admits<S> for F where
    F: Dependency<S> + Returns<Ret: DependencyResult<Output: Clone + Send + Sync>, Says: Known>
{
}

/// A function that decides who may do something at an endpoint whose own function is `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decide who may use a part of this endpoint",
    label = "expected a dependency that asks for a credential, and has the output of the endpoint's function",
    note = "let it depend on the endpoint's function, add its own scopes, and return what that returns",
    note = "its state is the one of the endpoint's function"
)]
pub trait Decides<B: Returns<Ret: DependencyResult>, S>:
    Dependency<S> + Returns<Ret: DependencyResult<Output = Caller<B>>>
{
}

#[diagnostic::do_not_recommend]
impl<F, B, S> Decides<B, S> for F
where
    F: Dependency<S> + Returns<Ret: DependencyResult<Output = Caller<B>>, Says: Known>,
    B: Returns<Ret: DependencyResult>,
{
}

/// An [`Is`] of a function that may ask for a credential. What is not known as a type is checked in a constant.
pub trait Known {}

impl Known for Is<ASKS> {}
impl Known for Is<UNSAID> {}

type Call<S, C> = for<'a> fn(&'a mut Parts, &'a S) -> Pin<Box<dyn Future<Output = Result<C, Response>> + Send + 'a>>;

/// A function that decides, with its tree for the table.
pub(super) struct Decision<S, C> {
    pub(super) tree: &'static Node,
    function: TypeId,
    call: Call<S, C>,
}

impl<S: Send + Sync + 'static, C> Decision<S, C> {
    pub(super) fn of<F: Dependency<S> + Returns<Ret: DependencyResult<Output = C>>>() -> Self {
        Self {
            tree: <F as Returns>::DEPENDENCY_TREE,
            function: TypeId::of::<F>(),
            call: |parts, state| Box::pin(resolve::<F, S>(parts, state)),
        }
    }

    pub(super) async fn caller(&self, parts: &mut Parts, state: &S) -> Result<C, Response> {
        (self.call)(parts, state).await
    }
}

impl<S, C> Decision<S, C> {
    /// Whether one function decides in both.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.function == other.function
    }
}

impl<S, C> Clone for Decision<S, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, C> Copy for Decision<S, C> {}

/// The decision of the function `F`.
pub(super) fn decision<B: Returns<Ret: DependencyResult>, S: Send + Sync + 'static, F: Decides<B, S>>()
-> Decision<S, Caller<B>> {
    const {
        asks(F::DEPENDENCY_TREE);
        assert!(
            includes(F::DEPENDENCY_TREE, B::DEPENDENCY_TREE),
            "this function does not depend on that of the endpoint, so it would let callers through that the endpoint refuses; \
             give it a parameter `Depends<…>` with the function of the endpoint"
        );
    }
    Decision::of::<F>()
}
