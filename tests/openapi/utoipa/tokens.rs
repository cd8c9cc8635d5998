//! The document of a service is true for real tokens and the ready-made dependency.

use axum::extract::FromRef;
use axum_scopes::{
    Claims, HmacKey, TokenVerifier,
    testing::{Mint, Overrides},
    verified,
};
use axum_scopes_openapi_tests::prelude::*;

use axum_scopes_test_support::truth::check;

#[derive(Clone)]
struct App {
    verifier: TokenVerifier,
}

impl FromRef<App> for TokenVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

#[security(scopes = ["items"])]
#[utoipa::path(get, path = "/items")]
async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

#[utoipa::path(get, path = "/open")]
async fn open(_: State<App>) {}

fn key() -> HmacKey {
    HmacKey::new("a secret of at least thirty-two bytes").unwrap()
}

fn service() -> (Router, Value) {
    let app = App { verifier: TokenVerifier::hs256(&key()) };
    let admin = guard!(scopes = ["admin"], depends(verified<Api>)).with_state(app.clone());
    let routes = || OpenApiRouter::new().routes(routes!(read_items)).routes(utoipa_axum::routes!(open));
    let router = routes().nest("/admin", admin.protect(routes())).with_state(app);
    let (router, api) = router.split_secured();
    (router, serde_json::to_value(api).unwrap())
}

fn good(scopes: &[&str]) -> String {
    Mint::new(&key()).valid("joe", scopes.join(" ").as_str())
}

#[tokio::test]
async fn the_document_is_true_for_real_tokens_and_for_no_others() {
    let (router, api) = service();
    assert_eq!(requires(&api, "get /admin/items"), json!([{"OAuth2PasswordBearer": ["admin", "items"]}]));
    assert_eq!(check(&router, &api, good).await.lies, Vec::<String>::new());
    let foreign = |scopes: &[&str]| Mint::new(&key()).foreign("joe", scopes.join(" ").as_str());
    let lies = check(&router, &api, foreign).await.lies;
    assert_eq!(lies.len(), 3, "one lie for each operation that requires a token: {lies:?}");
}

/// The document shows the declared dependencies, not the replacements of a test.
#[tokio::test]
async fn a_replaced_dependency_leaves_the_document_as_it_is() {
    #[security]
    async fn anybody() -> Result<Claims, AuthError> {
        Ok(Claims::new("amy", "", std::time::Duration::ZERO))
    }
    let (router, api) = service();
    let replaced = Overrides::<App>::new().replace::<verified<Api>, anybody>().apply(router);
    let lies = check(&replaced, &api, good).await.lies;
    assert!(
        lies.contains(&"GET /items: it is not public, and without a credential answers 200".to_owned()),
        "{lies:?}"
    );
}
