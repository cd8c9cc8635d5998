//! A function's arguments, extracted one after the other in the order of its parameters.

use std::pin::Pin;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        depends::Depends,
        function::{Dependency, DependencyResult, Provides},
        path::Path,
        security_scopes::{Checked, RequiredScopes, SecurityScopes},
    },
    error::{AuthError, asked::asking},
    tree::requirement::Requirement,
};

/// What is required of a function's dependencies, in the order of its parameters.
pub(crate) type Below = std::slice::Iter<'static, &'static Requirement>;

/// All arguments of a function: a tuple of [`Param`]s.
pub trait Extract<S>: Sized {
    /// Stops at the first parameter that refuses.
    fn extract(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

/// One argument of a function. A dependency takes what is required of it from `below`.
pub trait Param<S>: Sized {
    /// Extracts it.
    fn param(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
        below: &mut Below,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

/// An argument that any extractor of axum yields.
#[derive(Debug)]
pub struct Extracted<T>(pub T);

impl<S: Sync, T: FromRequestParts<S>> Param<S> for Extracted<T> {
    async fn param(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
        _: &mut Below,
    ) -> Result<Self, Response> {
        match T::from_request_parts(parts, state).await {
            Ok(argument) => Ok(Self(argument)),
            Err(refusal) => Err(refused(refusal, requirement)),
        }
    }
}

/// The response of a refusal, as the scheme refuses that is asked in this place. Kept out of what accepts: that is smaller
/// without it.
#[inline(never)]
pub(crate) fn refused(refusal: impl IntoResponse, requirement: &Requirement) -> Response {
    asking(requirement.scheme, || refusal.into_response())
}

/// The place of a `SecurityScopes` argument: the scopes are lent for the call only.
#[derive(Clone, Copy, Debug)]
pub struct Lent(&'static Requirement);

impl Lent {
    /// The argument itself.
    #[must_use]
    pub fn to(self, checked: &Checked) -> SecurityScopes<'_> {
        SecurityScopes::new(self.0, checked)
    }
}

impl<S: Sync> Param<S> for Lent {
    async fn param(_: &mut Parts, _: &S, requirement: &'static Requirement, _: &mut Below) -> Result<Self, Response> {
        Ok(Self(requirement))
    }
}

impl<S: Sync, P: Path> Param<S> for RequiredScopes<P> {
    async fn param(_: &mut Parts, _: &S, requirement: &'static Requirement, _: &mut Below) -> Result<Self, Response> {
        Ok(Self::new(requirement))
    }
}

impl<S: Send + Sync, D, P: Path> Param<S> for Depends<D, P>
where
    D: Dependency<S, Ret: DependencyResult<Output = <D as Provides<P>>::Output>> + Provides<P>,
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
        // Boxed, so that the futures of a deep tree do not nest in one type: the only allocation of a dependency.
        let output: Pin<Box<dyn Future<Output = _> + Send + '_>> = Box::pin(D::resolve(parts, state, requirement));
        output.await.map(Depends)
    }
}

/// Calls a macro for each number of parameters that axum's handlers can have.
macro_rules! for_each_length {
    ($each:ident) => {
        $each!();
        $each!(A A1);
        $each!(A A1, B B1);
        $each!(A A1, B B1, C C1);
        $each!(A A1, B B1, C C1, D D1);
        $each!(A A1, B B1, C C1, D D1, E E1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1, O O1);
        $each!(A A1, B B1, C C1, D D1, E E1, F F1, G G1, H H1, I I1, J J1, K K1, L L1, M M1, N N1, O O1, P P1);
    };
}
pub(crate) use for_each_length;

macro_rules! extract {
    ($($T:ident $_T:ident),*) => {
        impl<S: Sync, $($T: Param<S> + Send),*> Extract<S> for ($($T,)*) {
            #[allow(unused_mut, unused_variables, reason = "where there are no parameters")]
            async fn extract(parts: &mut Parts, state: &S, requirement: &'static Requirement) -> Result<Self, Response> {
                let mut below = requirement.children.iter();
                Ok(($($T::param(parts, state, requirement, &mut below).await?,)*))
            }
        }
    };
}

for_each_length!(extract);
