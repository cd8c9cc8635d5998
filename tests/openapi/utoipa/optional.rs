//! The document of a service with optional users, and of one with choices of credentials, tells the truth: each alternative is
//! enough, and one scope less is not.

use std::collections::BTreeMap;

use axum_scopes::{AccessTable, credential::ApiKeyCookie, either};
use axum_scopes_openapi_tests::prelude::*;

use axum_scopes_test_support::truth::{Report, check};

struct Session;

impl ApiKeyScheme for Session {
    const NAME: &str = "Session";
    const PARAMETER: &str = "session";
}

struct Machine;

impl ApiKeyScheme for Machine {
    const NAME: &str = "Machine";
    const PARAMETER: &str = "x-machine";
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("me", "Read me."), ("admin", "Everything.")];
}

fn checked(required: SecurityScopes<'_>, credential: &str) -> Result<String, AuthError> {
    required.check(&credential.split('+').collect::<Vec<_>>())?;
    Ok(credential.to_owned())
}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    checked(required, token.as_str())
}

#[security]
async fn machine(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Machine>) -> Result<String, AuthError> {
    checked(required, key.as_str())
}

#[security]
async fn session(required: SecurityScopes, ApiKeyCookie(key): ApiKeyCookie<Session>) -> Result<String, AuthError> {
    checked(required, key.as_str())
}

/// Requires a token with a scope of its own, and a session.
#[security(scopes = ["me"])]
async fn user_in_session(Depends(user): Depends<user>, _: Depends<session>) -> Result<String, AuthError> {
    Ok(user)
}

/// Has an optional user itself.
#[security]
async fn theme(user: Option<Depends<user>>) -> Result<bool, AuthError> {
    Ok(user.is_some())
}

#[security]
async fn user_if_any(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<String, AuthError> {
    let Some(Bearer(token)) = token else {
        return required.check(&Scopes::new()).map(|()| String::new()).map_err(|_| required.not_authenticated());
    };
    checked(required, token.as_str())
}

type CurrentUser = Depends<user>;

macro_rules! service {
    ($($name:ident $security:tt ($($parameters:tt)*);)*) => {
        $(
            #[security $security]
            #[utoipa::path(get, path = "/")]
            async fn $name($($parameters)*) {}
        )*

        fn routes() -> OpenApiRouter {
            OpenApiRouter::new()$(.nest(concat!("/", stringify!($name)), OpenApiRouter::new().routes(routes!($name))))*
        }
    };
}

service! {
    alias () (#[security(scopes = ["items"])] _user: Option<CurrentUser>);
    below (scopes = ["items"]) (_: Depends<theme>);
    beside (scopes = ["items"]) (_: Depends<machine>, #[security(scopes = ["me"])] _user: Option<Depends<user>>);
    chosen (scopes = ["items", "me"]) (_: Depends<either<user, machine>>);
    chosen_of_three (scopes = ["items"]) (_: Depends<either<user, either<machine, session>>>);
    chosen_together (scopes = ["items"]) (_: Depends<either<user_in_session, machine>>);
    chosen_twice ()
        (#[security(scopes = ["items"])] _: Depends<either<user, machine>>, #[security(scopes = ["me"])] _m: Depends<either<machine, user>>);
    if_any (scopes = ["items"]) (_: Option<Depends<user_if_any>>);
    optional (scopes = ["items", "me"]) (_: Option<Depends<user>>);
    optional_choice (scopes = ["items"]) (_: Option<Depends<either<user, machine>>>);
    perhaps_both (scopes = ["items"]) (_: Option<Depends<user_in_session>>);
    perhaps_twice () (#[security(scopes = ["items"])] _a: Option<Depends<user>>, #[security(scopes = ["me"])] _b: Option<Depends<user>>);
    same_user () (#[security(scopes = ["items"])] _a: Depends<user>, #[security(scopes = ["me"])] _b: Option<Depends<user>>);
    several (scopes = ["items"]) (_: Option<Depends<user>>, _: Option<Depends<machine>>, _: Option<ApiKeyCookie<Session>>);
    unscoped () (_: Option<Depends<user>>);
    with_another (scopes = ["items"]) (_: Depends<either<user, machine>>, _: Depends<session>);
}

/// A function with `credential_required` chooses among optional dependencies.
#[security(credential_required, scopes = ["items"])]
#[utoipa::path(get, path = "/")]
async fn required(_: Option<Depends<user>>, _: Option<Depends<machine>>) -> Result<(), AuthError> {
    Ok(())
}

fn service() -> (Router, Value) {
    let by_user = guard!(scopes = ["admin"], depends(user));
    let by_either = guard!(scopes = ["admin"], depends(either<machine, user>));
    let router = routes()
        .nest("/required", OpenApiRouter::new().routes(routes!(required)))
        .nest("/guarded", by_user.protect(routes()))
        .nest("/guarded-by-either", by_either.protect(routes()));
    let (router, api) = router.split_secured();
    (router, serde_json::to_value(api).unwrap())
}

async fn report(router: &Router, document: &Value) -> Report {
    let token = |scopes: &[&str]| if scopes.is_empty() { "none".to_owned() } else { scopes.join("+") };
    check(router, document, token).await
}

#[tokio::test]
async fn each_alternative_is_enough_and_one_scope_less_is_not() {
    let (router, document) = service();
    let report = report(&router, &document).await;
    assert_eq!(report.lies, Vec::<String>::new());
    assert_eq!(report.skipped, Vec::<String>::new());
    assert!(report.requests > 200, "{}", report.requests);
}

#[test]
fn the_table_shows_who_may_come() {
    let table = AccessTable::of_document(&service().1).unwrap().to_string();
    let rows: Vec<_> = table.lines().filter(|row| !row.contains("guarded")).collect();
    assert_eq!(
        rows.join("\n"),
        "\
GET  /alias                              public or OAuth2PasswordBearer [items]
GET  /below                              public or OAuth2PasswordBearer [items]
GET  /beside                             Machine [items]
GET  /chosen                             OAuth2PasswordBearer [items me] or Machine [items me]
GET  /chosen_of_three                    OAuth2PasswordBearer [items] or Machine [items] or Session [items]
GET  /chosen_together                    OAuth2PasswordBearer [items me] and Session [items me] or Machine [items]
GET  /chosen_twice                       OAuth2PasswordBearer [items me] or Machine [me items]
GET  /if_any                             public or OAuth2PasswordBearer [items]
GET  /optional                           public or OAuth2PasswordBearer [items me]
GET  /optional_choice                    public or OAuth2PasswordBearer [items] or Machine [items]
GET  /perhaps_both                       public or OAuth2PasswordBearer [items me] and Session [items me]
GET  /perhaps_twice                      public or OAuth2PasswordBearer [items me]
GET  /required                           OAuth2PasswordBearer [items] or Machine [items]
GET  /same_user                          OAuth2PasswordBearer [items me]
GET  /several                            public or OAuth2PasswordBearer [items] or Machine [items] or Session
GET  /unscoped                           public or OAuth2PasswordBearer
GET  /with_another                       OAuth2PasswordBearer [items] and Session [items] or Machine [items] and Session [items]"
    );
}

#[test]
fn a_document_has_an_empty_requirement_beside_an_optional_user() {
    let document = service().1;
    let security = |path: &str| document["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/optional"), json!([{}, {"OAuth2PasswordBearer": ["items", "me"]}]));
    assert_eq!(security("/chosen"), json!([{"OAuth2PasswordBearer": ["items", "me"]}, {"Machine": ["items", "me"]}]));
}

/// A scope that an alternative does not name is found.
#[tokio::test]
async fn a_document_with_other_alternatives_is_found_out() {
    let (router, whole) = service();
    let mut tried = 0;
    for (path, item) in whole["paths"].as_object().unwrap() {
        let said: Vec<BTreeMap<String, Vec<String>>> = serde_json::from_value(item["get"]["security"].clone()).unwrap();
        let scopes = said.iter().enumerate().flat_map(|(i, alternative)| {
            alternative.iter().flat_map(move |(scheme, scopes)| (0..scopes.len()).map(move |j| (i, scheme.clone(), j)))
        });
        for (i, scheme, j) in scopes {
            let mut less = said.clone();
            less[i].get_mut(&scheme).unwrap().remove(j);
            let mut document = whole.clone();
            document["paths"] = json!({ path: { "get": { "security": less } } });
            let lies = report(&router, &document).await.lies;
            assert!(lies.iter().any(|lie| lie.contains("with all of")), "{path} {less:?} {lies:?}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}
