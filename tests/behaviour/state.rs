//! Dependencies can take any state, and their own parts of it.

use std::{collections::HashMap, sync::Arc};

use axum::extract::FromRef;
use axum_scopes::{HmacKey, TokenVerifier, guard, password::Passwords, testing::Mint, token::TokenSigner, verified};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_enough, not_validated};

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
