//! Dependencies and what they take from elsewhere: any state, substates, extensions, parts of the request and other
//! crates' extractors.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use axum::{
    Extension,
    body::Body,
    extract::{FromRef, Query, rejection::QueryRejection},
    middleware::from_fn_with_state,
};
use axum_extra::extract::{Cached, WithRejection};
use axum_scopes::{HmacKey, Passwords, TokenSigner, TokenVerifier, guard, testing::Mint, verified};
use axum_scopes_tests::{prelude::*, send};
use serde::Deserialize;

use crate::answers::{accepted, not_authenticated, not_enough, not_validated};

/// Where users come from, and what each is granted.
trait Store: Clone + Send + Sync + 'static {
    fn find(&self, token: &str) -> Option<(String, &'static str)>;
}

#[derive(Clone)]
struct Everybody(&'static str);

impl Store for Everybody {
    fn find(&self, token: &str) -> Option<(String, &'static str)> {
        Some((token.to_owned(), self.0))
    }
}

#[derive(Clone)]
struct Known(Arc<HashMap<&'static str, &'static str>>);

impl Store for Known {
    fn find(&self, token: &str) -> Option<(String, &'static str)> {
        self.0.get(token).map(|granted| (token.to_owned(), *granted))
    }
}

#[security]
async fn user<S: Store>(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(store): State<S>,
) -> Result<User, AuthError> {
    let (name, granted) = store.find(token.as_str()).ok_or_else(|| required.unauthorized("Unknown"))?;
    required.check(&Scopes::from(granted))?;
    Ok(User(name))
}

#[security(scopes = ["me"])]
async fn active<S: Store>(Depends(user): Depends<user<S>>) -> Result<User, AuthError> {
    Ok(user)
}

#[security(scopes = ["items"])]
async fn items<S: Store>(Depends(user): Depends<active<S>>) -> String {
    user.0
}

fn known() -> Known {
    Known(Arc::new([("amy", "me items"), ("bob", "me")].into()))
}

#[tokio::test]
async fn a_dependency_may_be_generic_over_the_services_store() {
    let app = Router::new().route("/", get(items::<Known>)).with_state(known());
    assert_eq!(call(&app, "/", "amy").await, accepted("amy"));
    assert_eq!(call(&app, "/", "bob").await, not_enough("items me"));
    let challenge = Some(r#"Bearer scope="items me""#.to_owned());
    assert_eq!(call(&app, "/", "eve").await, (401, challenge, r#"{"detail":"Unknown"}"#.to_owned()));
    let app = Router::new().route("/", get(items::<Everybody>)).with_state(Everybody("items me"));
    assert_eq!(call(&app, "/", "eve").await, accepted("eve"));
}

/// A service whose routes are generic as a whole.
fn service<S: Store>(store: S) -> Router {
    Router::new().route("/", get(items::<S>)).with_state(store)
}

#[tokio::test]
async fn a_whole_service_may_be_generic() {
    assert_eq!(call(&service(known()), "/", "amy").await, accepted("amy"));
    assert_eq!(call(&service(Everybody("me")), "/", "amy").await, not_enough("items me"));
}

#[derive(Clone)]
struct App {
    known: Known,
    greeting: &'static str,
}

impl FromRef<App> for Known {
    fn from_ref(app: &App) -> Self {
        app.known.clone()
    }
}

impl FromRef<App> for &'static str {
    fn from_ref(app: &App) -> Self {
        app.greeting
    }
}

#[security]
async fn greet(
    Depends(user): Depends<active<Known>>,
    State(greeting): State<&'static str>,
    State(app): State<App>,
) -> Result<String, AuthError> {
    assert_eq!(app.greeting, greeting);
    Ok(format!("{greeting} {}", user.0))
}

#[security(scopes = ["items"])]
async fn greeted(Depends(text): Depends<greet>, State(Known(known)): State<Known>) -> String {
    format!("{text} of {}", known.len())
}

#[tokio::test]
async fn each_function_takes_its_own_part_of_the_state() {
    let app = Router::new().route("/", get(greeted)).with_state(App { known: known(), greeting: "hello" });
    assert_eq!(call(&app, "/", "amy").await, accepted("hello amy of 2"));
    assert_eq!(call(&app, "/", "bob").await, not_enough("items me"));
}

#[tokio::test]
async fn nested_routers_keep_their_own_states() {
    let inner = Router::new().route("/", get(items::<Everybody>)).with_state(Everybody("me items"));
    let app = Router::new()
        .route("/known", get(items::<Known>))
        .route("/greeted", get(greeted))
        .nest("/every", inner)
        .with_state(App { known: known(), greeting: "hi" })
        .merge(service(Everybody("me")));
    assert_eq!(call(&app, "/every", "eve").await, accepted("eve"));
    assert_eq!(call(&app, "/known", "amy").await, accepted("amy"));
    assert_eq!(call(&app, "/known", "eve").await.0, 401);
    assert_eq!(call(&app, "/greeted", "amy").await, accepted("hi amy of 2"));
    assert_eq!(call(&app, "/", "amy").await, not_enough("items me"));
}

/// A state that is no `Clone`, as it often is behind an `Arc`.
struct Shop {
    verifier: TokenVerifier,
    signer: TokenSigner,
    passwords: Passwords,
}

impl FromRef<Shop> for TokenVerifier {
    fn from_ref(shop: &Shop) -> Self {
        shop.verifier.clone()
    }
}

impl FromRef<Shop> for TokenSigner {
    fn from_ref(shop: &Shop) -> Self {
        shop.signer.clone()
    }
}

impl FromRef<Shop> for Passwords {
    fn from_ref(shop: &Shop) -> Self {
        shop.passwords.clone()
    }
}

#[security(scopes = ["items"])]
async fn items_of_shop(
    Depends(claims): Depends<verified<Api>>,
    State(shop): State<Arc<Shop>>,
    State(signer): State<TokenSigner>,
    _: State<Passwords>,
) -> String {
    let again = shop.verifier.verify(&signer.sign(&claims).unwrap()).unwrap();
    format!("the items of {}", again.sub)
}

#[tokio::test]
async fn a_state_in_an_arc_provides_what_the_state_does() {
    let key = HmacKey::new([7; 32]).unwrap();
    let (verifier, signer) = (TokenVerifier::hs256(&key), TokenSigner::hs256(&key));
    let shop = Arc::new(Shop { verifier, signer, passwords: Passwords::default() });
    let admin = guard!(scopes = ["admin"], depends(verified<Api>)).with_state(shop.clone());
    let app = Router::new()
        .route("/", get(items_of_shop))
        .merge(admin.protect(Router::new().route("/admin", get(async || "admin"))))
        .with_state(shop);
    let mint = Mint::new(&key);
    assert_eq!(call(&app, "/", &mint.valid("amy", "items")).await, accepted("the items of amy"));
    assert_eq!(call(&app, "/", &mint.valid("amy", "me")).await, not_enough("items"));
    assert_eq!(call(&app, "/", &mint.foreign("amy", "items")).await, not_validated("items"));
    assert_eq!(call(&app, "/admin", &mint.valid("amy", "admin")).await, accepted("admin"));
    assert_eq!(call(&app, "/admin", &mint.valid("amy", "items")).await, not_enough("admin"));
}

#[derive(Clone)]
struct Tenants(&'static [&'static str]);

#[derive(Deserialize)]
struct Page {
    page: u8,
}

/// Takes of everything that axum has for the head of a request.
#[security]
async fn tenant(
    Path((tenant, _)): Path<(String, u32)>,
    Query(Page { page }): Query<Page>,
    headers: HeaderMap,
    Extension(Tenants(tenants)): Extension<Tenants>,
    uri: axum::http::Uri,
    method: axum::http::Method,
) -> Result<String, (StatusCode, String)> {
    let agent = headers.get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or("-");
    if !tenants.contains(&tenant.as_str()) {
        return Err((StatusCode::NOT_FOUND, format!("no {tenant}")));
    }
    Ok(format!("{method} {} {tenant} {page} {agent}", uri.path()))
}

#[security(scopes = ["items"])]
async fn of_tenant(
    Depends(text): Depends<tenant>,
    Depends(user): Depends<get_current_user>,
    Path((_, number)): Path<(String, u32)>,
) -> String {
    format!("{text} {} {number}", user.0)
}

#[tokio::test]
async fn a_dependency_takes_any_part_of_the_request() {
    let routes = Router::new().route("/{tenant}/{number}", get(of_tenant));
    let app = Router::new().nest("/api", routes).layer(Extension(Tenants(&["acme"])));
    assert_eq!(call(&app, "/api/acme/7?page=2", "items").await, accepted("GET /acme/7 acme 2 - joe 7"));
    assert_eq!(call(&app, "/api/none/7?page=2", "items").await, (404, None, "no none".to_owned()));
    assert_eq!(call(&app, "/api/acme/x?page=2", "items").await.0, 400);
    assert_eq!(call(&app, "/api/acme/7", "items").await.0, 400);
    assert_eq!(call(&app, "/api/acme/7?page=2", "me").await, not_enough("items"));
}

/// What the service answers where somebody else's extractor refuses.
struct NoPage;

impl From<QueryRejection> for NoPage {
    fn from(_: QueryRejection) -> Self {
        Self
    }
}

impl IntoResponse for NoPage {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, "which page?").into_response()
    }
}

#[security]
async fn page(
    WithRejection(Query(Page { page }), _): WithRejection<Query<Page>, NoPage>,
    Cached(headers): Cached<HeaderMap>,
) -> Result<String, Infallible> {
    Ok(format!("{page} of {}", headers.len()))
}

#[security(scopes = ["items"], depends(get_current_user))]
async fn paged(Depends(page): Depends<page>, _: WithRejection<Query<Page>, NoPage>) -> String {
    page
}

#[tokio::test]
async fn a_dependency_takes_another_crates_extractors() {
    let app = Router::new().route("/", get(paged));
    assert_eq!(call(&app, "/?page=3", "items").await, accepted("3 of 1"));
    assert_eq!(call(&app, "/", "items").await, (422, None, "which page?".to_owned()));
    assert_eq!(call(&app, "/", "me").await, not_enough("items"));
}

/// Middleware that wants to know who calls, and hands that on.
#[security(scopes = ["me"])]
async fn who_calls(
    Depends(user): Depends<get_current_user>,
    State(prefix): State<&'static str>,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(User(format!("{prefix} {}", user.0)));
    next.run(request).await
}

/// Middleware that looks at who calls, if anybody does, and refuses nobody.
#[security]
async fn log_caller(caller: Option<Bearer<Api>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let caller = if caller.is_some() { "somebody" } else { "nobody" };
    response.headers_mut().insert("x-caller", caller.parse().unwrap());
    response
}

#[tokio::test]
async fn middleware_takes_the_current_user_and_hands_it_on() {
    let app = Router::new()
        .route("/", get(async |Extension(user): Extension<User>| user.0))
        .layer(from_fn_with_state("miss", who_calls));
    assert_eq!(call(&app, "/", "me").await, accepted("miss joe"));
    assert_eq!(call(&app, "/", "items").await, not_enough("me"));
    let nobody = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(send(&app, nobody).await, not_authenticated());
}

#[tokio::test]
async fn middleware_with_an_optional_credential_lets_everybody_through() {
    let app = Router::new().route("/", get(async || "open")).layer(from_fn(log_caller));
    for (authorization, caller) in [(Some("Bearer x"), "somebody"), (None, "nobody"), (Some("Basic x"), "nobody")] {
        let mut request = Request::get("/").body(Body::empty()).unwrap();
        if let Some(value) = authorization {
            request.headers_mut().insert("authorization", value.parse().unwrap());
        }
        let response = tower::ServiceExt::oneshot(app.clone(), request).await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["x-caller"] == caller), (200, true));
    }
}
