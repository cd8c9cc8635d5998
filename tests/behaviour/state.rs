//! Dependencies can take any state, parts of it, extensions, parts of the request, and extractors of other crates.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use axum::{
    Extension,
    extract::{FromRef, Query, rejection::QueryRejection},
    middleware::from_fn_with_state,
};
use axum_extra::extract::{Cached, WithRejection};
use axum_scopes::{HmacKey, TokenVerifier, guard, password::Passwords, testing::Mint, token::TokenSigner, verified};
use axum_scopes_tests::prelude::*;
use serde::Deserialize;

use crate::answers::{accepted, not_authenticated, not_enough, not_validated};

/// The source of the users and of their scopes.
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
async fn a_dependency_can_be_generic_over_the_store_of_the_service() {
    let app = App::new(Router::new().route("/", get(items::<Known>)).with_state(known()));
    assert_eq!(app.get("/").bearer("amy").await, accepted("amy"));
    assert_eq!(app.get("/").bearer("bob").await, not_enough("items me"));
    assert_eq!(app.get("/").bearer("eve").await, (401, Some(r#"Bearer scope="items me""#), r#"{"detail":"Unknown"}"#));
    let app = App::new(Router::new().route("/", get(items::<Everybody>)).with_state(Everybody("items me")));
    assert_eq!(app.get("/").bearer("eve").await, accepted("eve"));
}

/// A service whose routes are all generic.
fn service<S: Store>(store: S) -> Router {
    Router::new().route("/", get(items::<S>)).with_state(store)
}

#[tokio::test]
async fn a_whole_service_can_be_generic() {
    assert_eq!(App::new(service(known())).get("/").bearer("amy").await, accepted("amy"));
    assert_eq!(App::new(service(Everybody("me"))).get("/").bearer("amy").await, not_enough("items me"));
}

#[derive(Clone)]
struct Service {
    known: Known,
    greeting: &'static str,
}

impl FromRef<Service> for Known {
    fn from_ref(service: &Service) -> Self {
        service.known.clone()
    }
}

impl FromRef<Service> for &'static str {
    fn from_ref(service: &Service) -> Self {
        service.greeting
    }
}

#[security]
async fn greet(
    Depends(user): Depends<active<Known>>,
    State(greeting): State<&'static str>,
    State(service): State<Service>,
) -> Result<String, AuthError> {
    assert_eq!(service.greeting, greeting);
    Ok(format!("{greeting} {}", user.0))
}

#[security(scopes = ["items"])]
async fn greeted(Depends(text): Depends<greet>, State(Known(known)): State<Known>) -> String {
    format!("{text} of {}", known.len())
}

#[tokio::test]
async fn each_function_takes_its_own_part_of_the_state() {
    let app =
        App::new(Router::new().route("/", get(greeted)).with_state(Service { known: known(), greeting: "hello" }));
    assert_eq!(app.get("/").bearer("amy").await, accepted("hello amy of 2"));
    assert_eq!(app.get("/").bearer("bob").await, not_enough("items me"));
}

#[tokio::test]
async fn nested_routers_keep_their_own_states() {
    let inner = Router::new().route("/", get(items::<Everybody>)).with_state(Everybody("me items"));
    let app = App::new(
        Router::new()
            .route("/known", get(items::<Known>))
            .route("/greeted", get(greeted))
            .nest("/every", inner)
            .with_state(Service { known: known(), greeting: "hi" })
            .merge(service(Everybody("me"))),
    );
    assert_eq!(app.get("/every").bearer("eve").await, accepted("eve"));
    assert_eq!(app.get("/known").bearer("amy").await, accepted("amy"));
    assert_eq!(app.get("/known").bearer("eve").await.status(), 401);
    assert_eq!(app.get("/greeted").bearer("amy").await, accepted("hi amy of 2"));
    assert_eq!(app.get("/").bearer("amy").await, not_enough("items me"));
}

/// A state that is not `Clone`, as is common behind an `Arc`.
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
    let app = App::new(
        Router::new()
            .route("/", get(items_of_shop))
            .merge(admin.protect(Router::new().route("/admin", get(async || "admin"))))
            .with_state(shop),
    );
    let mint = Mint::new(&key);
    assert_eq!(app.get("/").bearer(mint.valid("amy", "items")).await, accepted("the items of amy"));
    assert_eq!(app.get("/").bearer(mint.valid("amy", "me")).await, not_enough("items"));
    assert_eq!(app.get("/").bearer(mint.foreign("amy", "items")).await, not_validated("items"));
    assert_eq!(app.get("/admin").bearer(mint.valid("amy", "admin")).await, accepted("admin"));
    assert_eq!(app.get("/admin").bearer(mint.valid("amy", "items")).await, not_enough("admin"));
}

#[derive(Clone)]
struct Tenants(&'static [&'static str]);

#[derive(Deserialize)]
struct Page {
    page: u8,
}

/// Takes every kind of extractor that axum has for the head of a request.
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
    let app = App::new(Router::new().nest("/api", routes).layer(Extension(Tenants(&["acme"]))));
    assert_eq!(app.get("/api/acme/7?page=2").bearer("items").await, accepted("GET /acme/7 acme 2 - joe 7"));
    assert_eq!(app.get("/api/none/7?page=2").bearer("items").await, (404, None, "no none"));
    assert_eq!(app.get("/api/acme/x?page=2").bearer("items").await.status(), 400);
    assert_eq!(app.get("/api/acme/7").bearer("items").await.status(), 400);
    assert_eq!(app.get("/api/acme/7?page=2").bearer("me").await, not_enough("items"));
}

/// The service's own rejection for an extractor of another crate.
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
async fn a_dependency_takes_extractors_of_another_crate() {
    let app = App::new(Router::new().route("/", get(paged)));
    assert_eq!(app.get("/?page=3").bearer("items").await, accepted("3 of 1"));
    assert_eq!(app.get("/").bearer("items").await, (422, None, "which page?"));
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
}

/// A middleware that requires the current user, and passes it on to the handler.
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

/// A middleware that looks at an optional credential, and refuses nobody.
#[security]
async fn log_caller(caller: Option<Bearer<Api>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let caller = if caller.is_some() { "somebody" } else { "nobody" };
    response.headers_mut().insert("x-caller", caller.parse().unwrap());
    response
}

#[tokio::test]
async fn middleware_takes_the_current_user_and_hands_it_on() {
    let app = App::new(
        Router::new()
            .route("/", get(async |Extension(user): Extension<User>| user.0))
            .layer(from_fn_with_state("miss", who_calls)),
    );
    assert_eq!(app.get("/").bearer("me").await, accepted("miss joe"));
    assert_eq!(app.get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app.get("/").await, not_authenticated());
}

#[tokio::test]
async fn middleware_with_an_optional_credential_lets_everybody_through() {
    let app = App::new(Router::new().route("/", get(async || "open")).layer(from_fn(log_caller)));
    for (authorization, caller) in [(Some("Bearer x"), "somebody"), (None, "nobody"), (Some("Basic x"), "nobody")] {
        let answer = app.get("/").headers("authorization", authorization).await;
        assert_eq!((answer.status(), answer.header("x-caller")), (200, Some(caller)));
    }
}
