//! A dependency in an `Option`: it is `None` for a request without its credential, and refuses a bad one.

use std::pin::Pin;

use axum::{
    extract::OptionalFromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    credential::presence::is_presented,
    dependency::{
        cache,
        depends::Depends,
        extract::{Below, Dependency, Param},
        function::{At, Provides},
        path::{Edge, Path, Placed},
        result::DependencyResult,
    },
    error::{
        AuthError,
        answer::{tells_absence, without_note},
    },
    tree::{
        parts::Part,
        requirement::Requirement,
        secured::{Returns, Secured},
    },
};

/// The refusal of a request without a credential.
pub(crate) struct Absent(pub(crate) Response);

/// The output of a dependency, or its refusal for want of a credential.
pub(crate) type IfPresented<D> = Result<<<D as Returns>::Ret as DependencyResult>::Output, Absent>;

/// Resolves `D`. The request has no credential if `D` says so, and if nothing stands where its schemes read theirs. Anything
/// else that `D` refuses is refused.
async fn if_presented<D: Dependency<S>, S: Sync>(
    parts: &mut Parts,
    state: &S,
    requirement: &'static Requirement,
) -> Result<IfPresented<D>, Response> {
    // Before the dependency runs, because its extractors may take something out of the request.
    let is_presented = is_presented(D::DEPENDENCY_TREE, parts);
    match D::resolve(parts, state, requirement).await {
        Ok(output) => Ok(Ok(output)),
        Err(refusal) if !is_presented && tells_absence(&refusal) => Ok(Err(Absent(refusal))),
        Err(refusal) => Err(without_note(refusal)),
    }
}

/// [`if_presented`] in a box, so that the futures of a deep tree do not nest in one type.
pub(crate) fn boxed<'a, D: Dependency<S>, S: Sync>(
    parts: &'a mut Parts,
    state: &'a S,
    requirement: &'static Requirement,
) -> Pin<Box<dyn Future<Output = Result<IfPresented<D>, Response>> + Send + 'a>> {
    Box::pin(if_presented::<D, S>(parts, state, requirement))
}

/// Only the attribute writes such a path, for a parameter that it has seen in an `Option`.
impl<S, D, F: Secured, Outer: Placed, const I: usize> OptionalFromRequestParts<S> for Depends<D, Edge<F, Outer, I>>
where
    S: Send + Sync + 'static,
    D: Dependency<S, Ret: DependencyResult<Output = <D as Provides<Edge<F, Outer, I>>>::Output>>
        + Provides<Edge<F, Outer, I>>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Response> {
        let outermost = <Edge<F, Outer, I> as Path>::OUTERMOST;
        let has_cache = outermost.is_some_and(|outermost| outermost.node.has(Part::Cache));
        let requirement = At::<D, Edge<F, Outer, I>>::REQUIREMENT;
        let output = if cache::is_needed(parts, has_cache) {
            let tree = cache::enter(parts, outermost);
            boxed::<D, S>(tree.parts, state, requirement).await?
        } else {
            if_presented::<D, S>(parts, state, requirement).await?
        };
        Ok(output.ok().map(Depends))
    }
}

impl<S: Send + Sync, D, F: Secured, Outer: Path, const I: usize> Param<S> for Option<Depends<D, Edge<F, Outer, I>>>
where
    D: Dependency<S, Ret: DependencyResult<Output = <D as Provides<Edge<F, Outer, I>>>::Output>>
        + Provides<Edge<F, Outer, I>>,
{
    async fn param(
        parts: &mut Parts,
        state: &S,
        above: &'static Requirement,
        below: &mut Below,
    ) -> Result<Self, Response> {
        let Some(requirement) = below.next() else {
            return Err(AuthError::internal().in_style(above.scheme).into_response());
        };
        Ok(boxed::<D, S>(parts, state, requirement).await?.ok().map(Depends))
    }
}
