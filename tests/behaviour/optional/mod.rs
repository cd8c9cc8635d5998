//! A dependency in an `Option` is `None` for a request without its credential, and refuses a bad one. `either` accepts one of two
//! credentials.

mod attacks;
mod caches;
mod chosen;
mod listed;
mod replaced;
mod several;

use axum::routing::MethodRouter;
use axum_scopes::{ApiKeyHeader, ApiKeyScheme, credential::ApiKeyCookie, dependency::Provides};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_enough, not_validated};

/// A key with scopes of its own.
struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-key";
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("me", "Read me.")];
}

/// A key without scopes.
struct Session;

impl ApiKeyScheme for Session {
    const NAME: &str = "Session";
    const PARAMETER: &str = "session";
}

/// A credential of these tests is the list of granted scopes, joined by `+`. With a `!` in it, it is bad.
fn checked(required: SecurityScopes<'_>, credential: &str) -> Result<(), AuthError> {
    if credential.is_empty() || credential.contains('!') {
        return Err(required.unauthorized("Could not validate credentials"));
    }
    required.check(&credential.split('+').collect::<Vec<_>>())
}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    checked(required, token.as_str())?;
    Ok(User("user".to_owned()))
}

#[security]
async fn partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<User, AuthError> {
    checked(required, key.as_str())?;
    Ok(User("partner".to_owned()))
}

#[security]
async fn session(required: SecurityScopes, ApiKeyCookie(key): ApiKeyCookie<Session>) -> Result<User, AuthError> {
    checked(required, key.as_str())?;
    Ok(User("session".to_owned()))
}

type CurrentUser = Depends<user>;

fn name<P, D: Provides<P, Output = User>>(user: Option<Depends<D, P>>) -> String {
    user.map_or_else(|| "nobody".to_owned(), |Depends(user)| user.0)
}

fn app(handler: MethodRouter) -> App {
    App::new(Router::new().route("/", handler))
}

#[security(scopes = ["items"])]
async fn greet(user: Option<Depends<user>>) -> String {
    name(user)
}

#[security]
#[allow(unused_qualifications)]
async fn edge(#[security(scopes = ["items"])] user: std::option::Option<Depends<user>>) -> String {
    name(user)
}

/// An optional user of a dependency, by an alias.
#[security]
async fn theme(#[security] user: Option<CurrentUser>) -> Result<String, AuthError> {
    Ok(name(user))
}

#[security(scopes = ["items"])]
async fn themed(Depends(theme): Depends<theme>) -> String {
    theme
}

#[security]
async fn edge_of_an_alias(#[security(scopes = ["items"])] user: Option<CurrentUser>) -> String {
    name(user)
}

macro_rules! optional_user {
    ($handler:ident, $Type:ty) => {
        #[security(scopes = ["items"])]
        async fn $handler(user: $Type) -> String {
            name(user)
        }
    };
}

optional_user!(from_a_macro, Option<Depends<user>>);

#[security(scopes = ["items"])]
#[allow(unused_parens)]
async fn in_parentheses(user: (::core::option::Option<(Depends<user>)>)) -> String {
    name(user)
}

#[security]
async fn active(#[security(scopes = ["items"])] Depends(user): Depends<user>) -> Result<User, AuthError> {
    Ok(user)
}

/// The scopes are required of a dependency of the optional one.
#[security]
async fn deep(user: Option<Depends<active>>) -> String {
    name(user)
}

#[security]
async fn of_scheme<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<User, AuthError> {
    checked(required, token.as_str())?;
    Ok(User("user".to_owned()))
}

#[security(scopes = ["items"])]
async fn generic<S: OAuth2Scheme>(user: Option<Depends<of_scheme<S>>>) -> String {
    name(user)
}

#[tokio::test]
async fn an_optional_user_is_nobody_without_a_credential() {
    for handler in [
        get(greet),
        get(edge),
        get(themed),
        get(edge_of_an_alias),
        get(from_a_macro),
        get(in_parentheses),
        get(deep),
        get(generic::<Api>),
    ] {
        let app = app(handler);
        assert_eq!(app.get("/").await, accepted("nobody"));
        assert_eq!(app.get("/").basic("user", "items").header("x-key", "items").await, accepted("nobody"));
        assert_eq!(app.get("/").bearer("items").await, accepted("user"));
    }
}

#[tokio::test]
async fn an_optional_user_with_a_bad_credential_is_refused() {
    for handler in [get(greet), get(edge), get(themed), get(edge_of_an_alias), get(deep), get(generic::<Api>)] {
        let app = app(handler);
        assert_eq!(app.get("/").bearer("items!").await, not_validated("items"));
        assert_eq!(app.get("/").bearer("me").await, not_enough("items"), "a scope is missing");
        assert_eq!(app.get("/").bearer("").await, not_validated("items"), "nothing follows `Bearer`");
    }
}

/// Handlers stay ordinary functions.
#[tokio::test]
async fn a_direct_call_passes_an_option() {
    assert_eq!(greet(None).await, "nobody");
    assert_eq!(greet(Some(Depends(User("amy".to_owned())))).await, "amy");
}

/// Nothing is wrong with an extractor that the dependency takes beside its credential.
#[tokio::test]
async fn refusals_that_are_not_about_the_credential_are_refusals() {
    #[security]
    async fn paged(
        Path(how): Path<String>,
        required: RequiredScopes,
        _: Option<Bearer<Api>>,
    ) -> Result<User, AuthError> {
        Err(match how.as_str() {
            "absent" => required.not_authenticated(),
            "bad" => AuthError::bad_request("No such page"),
            "gone" => AuthError::unauthorized("Not authenticated"),
            "later" => AuthError::unavailable(1),
            "forbidden" => AuthError::forbidden("Not the owner"),
            _ => AuthError::internal(),
        })
    }
    #[security]
    async fn handler(user: Option<Depends<paged>>) -> String {
        name(user)
    }
    let app = App::new(Router::new().route("/{how}", get(handler)));
    assert_eq!(app.get("/absent").await, accepted("nobody"));
    assert_eq!(app.get("/absent").bearer("x").await, not_authenticated(), "the service says so, but there is one");
    for (how, status) in [("bad", 400), ("gone", 401), ("later", 503), ("forbidden", 403), ("bug", 500)] {
        assert_eq!(app.get(format!("/{how}")).await.status(), status, "{how}");
    }
}

/// Only its extractor knows the place of a credential of the service's own scheme.
#[tokio::test]
async fn a_scheme_of_the_service_says_itself_that_its_credential_is_missing() {
    struct Own(bool);
    impl Describe for Own {
        const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("Own"));
    }
    impl<S: Sync> FromRequestParts<S> for Own {
        type Rejection = AuthError;

        async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
            let value = parts.headers.get("x-own").ok_or_else(AuthError::no_credential::<Self>)?;
            if value.is_empty() {
                return Err(AuthError::unauthorized("Not authenticated").in_style_of::<Self>());
            }
            Ok(Self(value == "good"))
        }
    }
    #[security]
    async fn owner(required: SecurityScopes, Own(is_good): Own) -> Result<User, AuthError> {
        checked(required, if is_good { "items" } else { "!" })?;
        Ok(User("owner".to_owned()))
    }
    #[security(scopes = ["items"])]
    async fn optional(owner: Option<Depends<owner>>) -> String {
        name(owner)
    }
    #[security(scopes = ["items"])]
    async fn chosen(Depends(caller): Depends<axum_scopes::either<user, owner>>) -> String {
        caller.into_inner().0
    }
    for (handler, stranger) in [(get(optional), accepted("nobody")), (get(chosen), not_authenticated())] {
        let app = app(handler);
        assert_eq!(app.get("/").await, stranger);
        assert_eq!(app.get("/").header("x-own", "good").await, accepted("owner"));
        assert_eq!(app.get("/").header("x-own", "").await, not_authenticated());
        assert_eq!(app.get("/").header("x-own", "bad").await.status(), 401);
    }
}

/// The middleware of a router, as guards are, can have an optional user as well.
#[tokio::test]
async fn middleware_takes_an_optional_user() {
    #[security(scopes = ["items"])]
    async fn greeting(user: Option<Depends<user>>, request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-user", name(user).parse().unwrap());
        response
    }
    let app = App::new(Router::new().route("/", get(async || "come in")).layer(from_fn(greeting)));
    assert_eq!(app.get("/").response().await.headers()["x-user"], "nobody");
    assert_eq!(app.get("/").bearer("items").response().await.headers()["x-user"], "user");
    assert_eq!(app.get("/").bearer("me").await, not_enough("items"));
}
