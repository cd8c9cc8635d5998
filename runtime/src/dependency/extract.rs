//! Extracts the arguments of a function in the order of its parameters, and calls the function.

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        cache::Reuse,
        checked::Checked,
        function::Function,
        lengths::for_each_length,
        path::Path,
        required_scopes::RequiredScopes,
        result::{DependencyResult, refused},
        security_scopes::SecurityScopes,
    },
    error::AuthError,
    scopes::required::Required,
    tree::{node::Node, parts::Part, requirement::Requirement},
};

/// The requirements of a function's dependencies, in the order of its parameters.
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

/// One argument of a function. A dependency takes its requirement from `below`.
pub trait Param<S>: Sized {
    /// Extracts it.
    fn param(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
        below: &mut Below,
    ) -> impl Future<Output = Result<Self, Response>> + Send;
}

/// The argument of any extractor of axum.
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
            Err(refusal) => Err(refused(refusal, requirement, parts)),
        }
    }
}

/// A `SecurityScopes` argument before the call. The scopes are lent only for the call.
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
    async fn param(
        parts: &mut Parts,
        _: &S,
        requirement: &'static Requirement,
        _: &mut Below,
    ) -> Result<Self, Response> {
        Ok(Self::at(parts, requirement))
    }
}

macro_rules! extract {
    ($($T:ident $_T:ident),*) => {
        impl<S: Sync, $($T: Param<S> + Send),*> Extract<S> for ($($T,)*) {
            #[allow(unused_mut, unused_variables, reason = "unused without parameters")]
            async fn extract(parts: &mut Parts, state: &S, requirement: &'static Requirement) -> Result<Self, Response> {
                let mut below = requirement.children.iter();
                Ok(($($T::param(parts, state, requirement, &mut below).await?,)*))
            }
        }
    };
}

for_each_length!(extract);

/// A function that others can depend on if the router's state is `S`: the bound of a router that is generic in its state.
///
/// ```
/// use axum::{Router, extract::{FromRef, State}, routing::get};
/// use axum_scopes::{AuthError, Depends, dependency::Dependency, security};
///
/// #[derive(Clone)]
/// struct Greeting(&'static str);
///
/// #[security]
/// async fn get_greeting(State(Greeting(text)): State<Greeting>) -> Result<&'static str, AuthError> {
///     Ok(text)
/// }
///
/// #[security]
/// async fn greet(Depends(text): Depends<get_greeting>) -> &'static str {
///     text
/// }
///
/// fn routes<S: Clone + Send + Sync + 'static>() -> Router<S>
/// where
///     get_greeting: Dependency<S>,
/// {
///     Router::new().route("/", get(greet))
/// }
///
/// let router: Router = routes().with_state(Greeting("hello"));
/// ```
pub trait Dependency<S>: Function<Ret: DependencyResult> {
    /// Extracts the arguments and calls the function.
    #[doc(hidden)]
    fn resolve(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
    ) -> impl Future<Output = Result<<Self::Ret as DependencyResult>::Output, Response>> + Send;
}

impl<S: Send + Sync + 'static, D> Dependency<S> for D
where
    D: Function<Ret: DependencyResult, Args: Extract<S> + Send>,
{
    async fn resolve(
        parts: &mut Parts,
        state: &S,
        requirement: &'static Requirement,
    ) -> Result<<Self::Ret as DependencyResult>::Output, Response> {
        #[cfg(feature = "testing")]
        if let Some(result) =
            crate::dependency::overridden::replaced::<D, S, _>(D::DEPENDENCY_TREE, parts, state, requirement).await
        {
            return result;
        }
        // If no function of the tree sees the scopes, the output does not depend on them.
        let seen =
            if const { D::DEPENDENCY_TREE.has(Part::VisibleScopes) } { requirement.required } else { Required::NONE };
        if let Some(output) = D::Reuse::recall::<D>(parts, seen) {
            return Ok(output);
        }
        let args = D::Args::extract(parts, state, requirement).await?;
        let checked = if const { D::DEPENDENCY_TREE.takes_scopes() } && requirement.required.has_templates() {
            Checked::at(parts, requirement).map_err(IntoResponse::into_response)?
        } else {
            Checked::default()
        };
        let output = D::call(args, &checked).await.finish(requirement, parts)?;
        if const { D::DEPENDENCY_TREE.takes_scopes() } && !checked.is_done() {
            return Err(never_checked(D::DEPENDENCY_TREE, requirement));
        }
        D::Reuse::remember::<D>(parts, seen, &output);
        Ok(output)
    }
}

#[cold]
fn never_checked(node: &Node, requirement: &Requirement) -> Response {
    tracing::error!(dependency = node.name, "returned Ok without a successful SecurityScopes::check; refused");
    AuthError::internal().in_style(requirement.scheme).into_response()
}
