//! FastAPI's `app.dependency_overrides`: replaces dependencies of one router by other functions or by values.

use std::{
    collections::BTreeMap,
    fmt,
    marker::PhantomData,
    ptr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{Router, extract::Request, middleware::map_request};

use crate::{
    dependency::{
        checked::Checked,
        extract::Dependency,
        function::Function,
        overridden::{Replacements, Resolve},
        requirement::asked_leaked,
        result::{DependencyResult, refused},
        security_scopes::SecurityScopes,
    },
    scheme::info::SchemeInfo,
    scopes::{gathered::Gathered, grants::Grants},
    tree::{node::Node, requirement::Requirement, secured::Returns},
};

type Output<D> = <<D as Returns>::Ret as DependencyResult>::Output;

/// Replacements for the dependencies of a router whose state is `S`.
///
/// A replacement applies wherever its function stands in a dependency tree, and sees the scopes that the original would see.
/// Its refusals are those of its own scheme, or else of the original's. The dependencies of the original do not run.
///
/// ```
/// use axum::{Router, body::Body, http::Request, routing::get};
/// use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, security, testing::Overrides};
/// use tower::ServiceExt;
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security]
/// async fn get_current_user(required: SecurityScopes, Bearer(_): Bearer<Api>) -> Result<String, AuthError> {
///     Err(required.unauthorized("the real one asks a database"))
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(user): Depends<get_current_user>) -> String {
///     user
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let router = Router::new().route("/items", get(read_items));
/// let router = Overrides::<()>::new().principal::<get_current_user>("amy".to_owned(), ["items"]).apply(router);
/// let response = router.oneshot(Request::get("/items").body(Body::empty()).unwrap()).await.unwrap();
/// assert_eq!(response.status(), 200);
/// # }
/// ```
pub struct Overrides<S> {
    replacements: Replacements,
    state: PhantomData<fn() -> S>,
}

impl<S: Send + Sync + 'static> Overrides<S> {
    /// No replacements yet.
    #[must_use]
    pub fn new() -> Self {
        Self { replacements: Replacements::default(), state: PhantomData }
    }

    /// Replaces `D` by `Other`, a dependency with the same output.
    ///
    /// ```
    /// use axum_scopes::{AuthError, security, testing::Overrides};
    ///
    /// #[security]
    /// async fn exchange_rate() -> Result<f64, AuthError> {
    ///     Err(AuthError::unavailable(60))
    /// }
    ///
    /// #[security]
    /// async fn fixed_rate() -> Result<f64, AuthError> {
    ///     Ok(1.5)
    /// }
    ///
    /// let overrides = Overrides::<()>::new().replace::<exchange_rate, fixed_rate>();
    /// ```
    #[must_use]
    pub fn replace<D, Other>(self) -> Self
    where
        D: Function<Ret: DependencyResult>,
        Other: Dependency<S> + Function<Ret: DependencyResult<Output = Output<D>>>,
    {
        self.with::<D>(Box::new(|parts, state, requirement| {
            Box::pin(Other::resolve(parts, state, requirement_at(Other::DEPENDENCY_TREE, requirement)))
        }))
    }

    /// Replaces `D` by a fixed output. If `granted` does not cover the required scopes, the request is refused as with the
    /// original.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, security, testing::Overrides};
    /// # #[security] async fn get_current_user() -> Result<&'static str, AuthError> { Ok("joe") }
    /// let overrides = Overrides::<()>::new().principal::<get_current_user>("amy", ["me", "items"]);
    /// ```
    #[must_use]
    pub fn principal<D>(self, output: Output<D>, granted: impl Grants + Send + Sync + 'static) -> Self
    where
        D: Function<Ret: DependencyResult<Output: Clone + Sync>>,
    {
        self.with::<D>(Box::new(move |parts, _, requirement| {
            let checked = Checked::at(parts, requirement);
            let checked = checked.and_then(|checked| SecurityScopes::new(requirement, &checked).check(&granted));
            let result = checked.map(|()| output.clone());
            Box::pin(std::future::ready(result.map_err(|refusal| refused(refusal, requirement, parts))))
        }))
    }

    /// Applies the replacements to a router. Call it last, because routes that are added later keep the originals. If a
    /// dependency is replaced twice, the replacement that is applied later counts.
    ///
    /// If the dependency has another type of state than `S`, the request gets 500, and the log has the reason.
    pub fn apply<T: Clone + Send + Sync + 'static>(self, router: Router<T>) -> Router<T> {
        let ours = Arc::new(self.replacements);
        router.layer(map_request(move |mut request: Request| {
            // Layers that were applied later have run already.
            ours.apply_to(request.extensions_mut());
            std::future::ready(request)
        }))
    }

    fn with<D: Function<Ret: DependencyResult>>(mut self, resolve: Box<Resolve<S, Output<D>>>) -> Self {
        self.replacements.insert::<D, S, Output<D>>(resolve);
        self
    }
}

impl<S: Send + Sync + 'static> Default for Overrides<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for Overrides<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Overrides").field(&self.replacements.len()).finish()
    }
}

/// The requirement of a replacement, and of its dependencies, in the place of the original. Each is leaked once, because
/// requirements are `'static`.
fn requirement_at(node: &'static Node, original: &'static Requirement) -> &'static Requirement {
    static PLACED: Mutex<BTreeMap<(usize, usize), &Requirement>> = Mutex::new(BTreeMap::new());
    let key = (ptr::from_ref(node).addr(), ptr::from_ref(original).addr());
    let mut placed = PLACED.lock().unwrap_or_else(PoisonError::into_inner);
    let Requirement { scheme, optional, .. } = *original;
    placed.entry(key).or_insert_with(|| place(node, &original.required.into(), scheme, optional))
}

fn place(
    node: &'static Node,
    outer: &Gathered,
    above: Option<&'static SchemeInfo>,
    optional: bool,
) -> &'static Requirement {
    let here = outer.and(node.own);
    let required = here.leaked(node.implies());
    let scheme = node.first_scheme().or(above);
    let children: Vec<_> = node
        .children
        .iter()
        .filter_map(|child| Some((child, child.node.dependency()?)))
        .map(|(child, node)| place(node, &here.and(child.scopes), scheme, optional || child.node.is_optional()))
        .collect();
    let asked = asked_leaked(scheme, required);
    Box::leak(Box::new(Requirement { required, asked, scheme, optional, children: children.leak() }))
}
