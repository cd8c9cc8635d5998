//! FastAPI's `app.dependency_overrides`: another function in the place of a dependency, for one router.

use std::{
    any::{Any, TypeId, type_name},
    collections::{BTreeMap, HashMap},
    fmt,
    pin::Pin,
    ptr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::Request,
    http::request::Parts,
    middleware::map_request,
    response::{IntoResponse, Response},
};

use crate::{
    dependency::{
        function::{Dependency, DependencyResult},
        requirement::insufficient,
    },
    error::AuthError,
    private::{Function, Returns},
    scheme::{challenge::MOST_CHALLENGE, info::SchemeInfo},
    scopes::{ScopeList, grants::Grants, merge::merged},
    tree::{
        node::{Kind, Node},
        requirement::{Requirement, challenges},
    },
};

type Output<D> = <<D as Returns>::Ret as DependencyResult>::Output;
type Resolved<'a, T> = Pin<Box<dyn Future<Output = Result<T, Response>> + Send + 'a>>;
type Resolve<S, T> = dyn for<'a> Fn(&'a mut Parts, &'a S, &'static Requirement) -> Resolved<'a, T> + Send + Sync;

/// Replacements for the dependencies of a router whose state is `S`.
///
/// A replacement is looked up by function, wherever in a tree that stands, and sees the scopes that the original would
/// see. It refuses as its own scheme does, or as the original would if it has none. The dependencies of the original do not
/// run.
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
    by_function: Replacements,
    state: std::marker::PhantomData<fn() -> S>,
}

impl<S: Send + Sync + 'static> Overrides<S> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { by_function: HashMap::new(), state: std::marker::PhantomData }
    }

    /// `Other` in the place of `D`: a dependency with the same output.
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
            Box::pin(Other::resolve(parts, state, at(Other::DEPENDENCY_TREE, requirement)))
        }))
    }

    /// A fixed output in the place of `D`, for requests whose required scopes `granted` covers; others are refused as
    /// the original would refuse them.
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
        self.with::<D>(Box::new(move |_, _, requirement| {
            let covered = requirement.scopes.iter().all(|scope| granted.grants(scope));
            let result = if covered {
                Ok(output.clone())
            } else {
                Err(AuthError::insufficient_scope(requirement).into_response())
            };
            Box::pin(std::future::ready(result))
        }))
    }

    /// The router with the replacements. Apply it last: what is added later keeps the originals. Of two replacements for
    /// one dependency, that which is applied later wins.
    ///
    /// A dependency that is replaced for another type of state than it stands in answers 500, and the log says so.
    pub fn apply<T: Clone + Send + Sync + 'static>(self, router: Router<T>) -> Router<T> {
        let ours = Arc::new(self.by_function);
        router.layer(map_request(move |mut request: Request| {
            // Layers that were applied later have run already.
            request.extensions_mut().get_or_insert_default::<Applied>().layers.push(Arc::clone(&ours));
            std::future::ready(request)
        }))
    }

    fn with<D: Function<Ret: DependencyResult>>(mut self, resolve: Box<Resolve<S, Output<D>>>) -> Self {
        self.by_function.insert((TypeId::of::<D>(), TypeId::of::<S>()), Box::new(resolve));
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
        f.debug_tuple("Overrides").field(&self.by_function.len()).finish()
    }
}

/// By function and type of state.
type Replacements = HashMap<(TypeId, TypeId), Box<dyn Any + Send + Sync>>;

#[derive(Clone, Default)]
struct Applied {
    layers: Vec<Arc<Replacements>>,
    /// What is being replaced just now: a replacement that depends on the original gets that.
    running: Vec<TypeId>,
}

/// Whether anything stands in the place of another in this request.
pub(crate) fn replaces(parts: &Parts) -> bool {
    parts.extensions.get::<Applied>().is_some()
}

/// What stands in the place of `D` in this request, if something does.
pub(crate) async fn replaced<D, S>(
    parts: &mut Parts,
    state: &S,
    requirement: &'static Requirement,
) -> Option<Result<Output<D>, Response>>
where
    D: Function<Ret: DependencyResult>,
    S: 'static,
{
    let (function, here) = (TypeId::of::<D>(), TypeId::of::<S>());
    let Applied { layers, running } = parts.extensions.get::<Applied>()?.clone();
    if running.contains(&function) {
        return None;
    }
    if let Some(replacement) = layers.iter().find_map(|layer| layer.get(&(function, here))) {
        let resolve = replacement.downcast_ref::<Box<Resolve<S, Output<D>>>>()?;
        parts.extensions.get_or_insert_default::<Applied>().running.push(function);
        let result = resolve(parts, state, requirement).await;
        parts.extensions.get_or_insert_default::<Applied>().running.retain(|running| *running != function);
        return Some(result);
    }
    let elsewhere = layers.iter().any(|layer| layer.keys().any(|(replaced, _)| *replaced == function));
    if elsewhere {
        let dependency = D::DEPENDENCY_TREE.name;
        tracing::error!(dependency, state = type_name::<S>(), "replaced for another type of state; refused");
        return Some(Err(AuthError::internal().in_style(requirement.scheme).into_response()));
    }
    None
}

/// What is required of a replacement, and of its dependencies, where the original stood. Kept for good, once each.
fn at(node: &'static Node, original: &'static Requirement) -> &'static Requirement {
    static PLACED: Mutex<BTreeMap<(usize, usize), &Requirement>> = Mutex::new(BTreeMap::new());
    let key = (ptr::from_ref(node).addr(), ptr::from_ref(original).addr());
    let mut placed = PLACED.lock().unwrap_or_else(PoisonError::into_inner);
    placed.entry(key).or_insert_with(|| place(node, original.scopes, original.scheme))
}

fn place(node: &'static Node, scopes: ScopeList, above: Option<&'static SchemeInfo>) -> &'static Requirement {
    let scopes: ScopeList = merged(scopes, node.own).leak();
    let scheme = node.first_scheme().or(above);
    let children: Vec<_> = node
        .children
        .iter()
        .filter(|child| matches!(child.node.kind, Kind::Function))
        .map(|child| place(child.node, merged(scopes, child.scopes).leak(), scheme))
        .collect();
    let scope_str: &'static str = scopes.join(" ").leak();
    let plain = challenges(scheme).plain;
    let challenge = match insufficient::<MOST_CHALLENGE>(scheme, scopes) {
        Some(text) if !scopes.is_empty() => text.str().map_or(plain, |text| text.to_owned().leak()),
        _ => plain,
    };
    Box::leak(Box::new(Requirement { scopes, scope_str, challenge, scheme, children: children.leak() }))
}
