//! One of two credentials: two dependencies come in, and a dependency goes out that yields the output of one of them.

use std::{convert::Infallible, fmt, future::ready, marker::PhantomData};

use axum::{
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        cache::Fresh,
        checked::Checked,
        extract::{Dependency, Extract},
        function::{At, Function},
        optional::{Absent, boxed},
        path::{Edge, Path, Via},
        result::DependencyResult,
    },
    error::{AuthError, answer::without_note},
    scopes::grants::Grants,
    tree::{
        check::chooses_soundly,
        node::{Child, Node, UNKNOWN, function, optional},
        requirement::Requirement,
        says::{Is, UNSAID},
        secured::{Returns, Unit},
    },
};

/// A dependency that accepts either of two credentials: that of `A` or that of `B`, each a function with `#[security]`. It
/// yields an [`Either`].
///
/// | the request presents | the answer |
/// |---|---|
/// | one of the two | the output of its function, or its refusal |
/// | both | the output of `A`, if both are good; or else the refusal of the bad one |
/// | neither | the refusal of `A` |
///
/// So a good credential never excuses a bad one. The refusal without a credential is that of `A`, because a client answers one
/// challenge: name the scheme first that the client of a person should ask for.
///
/// Both functions see the scopes that are required where `either` stands, and the compiler checks these scopes for each of them:
/// it has to compare them, and its own scheme has to declare them. Schemes that declare no scopes are exempt. The two credentials
/// are in different places of a request, and neither function lets a request in without one. For three, write
/// `either<a, either<b, c>>`.
///
/// ```
/// use axum::{Router, body::Body, http::Request, routing::get};
/// use axum_scopes::{
///     ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, either, security,
/// };
/// use tower::ServiceExt;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// struct Partner;
/// impl ApiKeyScheme for Partner {
///     const NAME: &str = "PartnerKey";
///     const PARAMETER: &str = "x-api-key";
/// }
///
/// #[security]
/// async fn user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
///     # let scopes_of = |token: &str| if token == "amy's" { Some(["items"]) } else { None };
///     let scopes = scopes_of(token.as_str()).ok_or_else(|| required.unauthorized("Could not validate credentials"))?;
///     required.check(&scopes)?;
///     Ok("amy".to_owned())
/// }
///
/// #[security]
/// async fn partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<String, AuthError> {
///     # let scopes_of = |key: &str| if key == "7f3a" { Some(["items"]) } else { None };
///     let scopes = scopes_of(key.as_str()).ok_or_else(|| required.unauthorized("Could not validate credentials"))?;
///     required.check(&scopes)?;
///     Ok("acme".to_owned())
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(caller): Depends<either<user, partner>>) -> String {
///     format!("the items of {}", caller.into_inner())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let router: Router = Router::new().route("/items", get(read_items));
/// let status = async |headers: &[(&str, &str)]| {
///     let request = headers.iter().fold(Request::get("/items"), |request, (name, value)| request.header(*name, *value));
///     router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
/// };
/// let (token, key, bad) = (("authorization", "Bearer amy's"), ("x-api-key", "7f3a"), ("x-api-key", "0000"));
/// assert_eq!((status(&[token]).await, status(&[key]).await), (200.try_into().unwrap(), 200.try_into().unwrap()));
/// assert_eq!((status(&[]).await, status(&[token, bad]).await), (401.try_into().unwrap(), 401.try_into().unwrap()));
/// # }
/// ```
#[allow(non_camel_case_types, reason = "it is named as a function, because it stands for one")]
pub struct either<A, B>(PhantomData<fn() -> (A, B)>);

impl<A, B> fmt::Debug for either<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("either")
    }
}

/// The output of [`either`]: that of the first function, or that of the second one.
///
/// ```
/// use axum_scopes::Either;
///
/// fn greeting(caller: Either<&str, u32>) -> String {
///     match caller {
///         Either::First(user) => format!("hello, {user}"),
///         Either::Second(partner) => format!("partner {partner}"),
///     }
/// }
/// assert_eq!(greeting(Either::Second(7)), "partner 7");
/// ```
///
/// It grants what the output grants, so a function above can compare scopes with it once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Either<A, B> {
    /// The output of the first function.
    First(A),
    /// The output of the second function.
    Second(B),
}

impl<T> Either<T, T> {
    /// The output, whichever function it is from.
    ///
    /// ```
    /// use axum_scopes::Either;
    ///
    /// let caller: Either<&str, &str> = Either::Second("acme");
    /// assert_eq!(caller.into_inner(), "acme");
    /// ```
    #[must_use]
    pub fn into_inner(self) -> T {
        match self {
            Self::First(output) | Self::Second(output) => output,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<A: Grants, B: Grants> Grants for Either<A, B> {
    fn grants(&self, scope: &str) -> bool {
        match self {
            Self::First(granted) => granted.grants(scope),
            Self::Second(granted) => granted.grants(scope),
        }
    }
}

/// A function that [`either`] can choose. This trait exists for its message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dependency, so `either` cannot choose it",
    label = "`either` takes the names of two functions with `#[security]` that return a `Result`",
    note = "if `{Self}` is a scheme, write `verified<{Self}>`, or the name of a dependency that takes its extractor"
)]
pub trait Alternative: Function<Ret: DependencyResult> {}

#[diagnostic::do_not_recommend]
impl<F: Function<Ret: DependencyResult>> Alternative for F {}

type Output<D> = <<D as Returns>::Ret as DependencyResult>::Output;

/// To checks, documents and trees it is a function that requires one of two optional credentials.
impl<A, B> Returns for either<A, B>
where
    A: Alternative,
    B: Alternative,
{
    const DEPENDENCY_TREE: &'static Node = &function(
        "either",
        &[],
        &[
            Child::part(&optional(&[Child::part(A::DEPENDENCY_TREE)])),
            Child::part(&optional(&[Child::part(B::DEPENDENCY_TREE)])),
        ],
    )
    .generic()
    .credential_required();
    type WithoutCycle = <(A::WithoutCycle, B::WithoutCycle) as Unit>::Unit;
    type Says = Is<UNSAID>;
    type Takes = Self;
    type Ret = Result<Either<Output<A>, Output<B>>, Infallible>;
}

impl<A, B> either<A, B> {
    /// Nothing is known of it before its type arguments are.
    #[doc(hidden)]
    pub const AXUM_SCOPES_SKETCH: &'static Node = UNKNOWN;
}

impl<A, B> Function for either<A, B>
where
    A: Alternative,
    B: Alternative,
{
    type Params<P: Path> = (At<A, Edge<Self, Via<Self, P>, 0>>, At<B, Edge<Self, Via<Self, P>, 1>>);
    type Args = Chosen<A, B>;
    type Reuse = Fresh;

    fn call(Chosen(output): Self::Args, _: &Checked) -> impl Future<Output = Self::Ret> + Send {
        ready(Ok(output))
    }
}

/// The output that was chosen.
#[allow(missing_debug_implementations, reason = "nobody else names it")]
pub struct Chosen<A: Returns<Ret: DependencyResult>, B: Returns<Ret: DependencyResult>>(Either<Output<A>, Output<B>>);

impl<S, A, B> Extract<S> for Chosen<A, B>
where
    S: Send + Sync + 'static,
    A: Dependency<S>,
    B: Dependency<S>,
{
    async fn extract(parts: &mut Parts, state: &S, requirement: &'static Requirement) -> Result<Self, Response> {
        const { chooses_soundly(<either<A, B> as Returns>::DEPENDENCY_TREE) }
        let [first, second] = requirement.children else {
            return Err(AuthError::internal().in_style(requirement.scheme).into_response());
        };
        // Both are asked in any case, so that a bad credential is refused beside a good one.
        let first = boxed::<A, S>(parts, state, first).await?;
        let second = boxed::<B, S>(parts, state, second).await?;
        match (first, second) {
            (Ok(output), _) => Ok(Self(Either::First(output))),
            (Err(_), Ok(output)) => Ok(Self(Either::Second(output))),
            // The note is for somebody further out who asks for it.
            (Err(Absent(refusal)), Err(_)) if requirement.optional => Err(refusal),
            (Err(Absent(refusal)), Err(_)) => Err(without_note(refusal)),
        }
    }
}
