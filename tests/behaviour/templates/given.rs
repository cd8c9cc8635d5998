//! Values that a function gives itself, such as the tenant of a token.

use super::*;

struct Tenants;
impl OAuth2Scheme for Tenants {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("{tenant}:items:{id}", "Read an item of a tenant.")];
}

/// The header `tenant` stands for a claim of the token.
#[security(values("tenant"))]
async fn member(required: SecurityScopes, _: Bearer<Tenants>, headers: HeaderMap) -> Result<String, AuthError> {
    let tenant = headers["tenant"].to_str().unwrap().to_owned();
    let values = [("tenant", tenant.as_str())];
    let required = required.with(&values);
    required.check(&granted(&headers))?;
    let value = |name| required.value(name).unwrap_or("none");
    Ok(format!("{} {}", value("tenant"), value("id")))
}

#[security(scopes = ["{tenant}:items:{id}"])]
async fn item(Depends(values): Depends<member>) -> String {
    values
}

/// Forgets what it promises.
#[security(values("tenant"))]
async fn forgetful(required: SecurityScopes, _: Bearer<Tenants>, headers: HeaderMap) -> Result<(), AuthError> {
    required.check(&granted(&headers))
}

#[security(scopes = ["{tenant}:items:{id}"])]
async fn item_of_the_forgetful(_: Depends<forgetful>) {}

fn app() -> App {
    App::new(
        Router::new()
            .route("/items/{id}", get(item))
            .route("/{tenant}/items/{id}", get(item))
            .route("/forgetful/{id}", get(item_of_the_forgetful)),
    )
}

async fn ask(path: &str, tenant: &str, granted: &str) -> Answer {
    app().get(path).bearer("t").header("tenant", tenant).header("granted", granted).await
}

#[tokio::test]
async fn a_function_gives_a_value_that_the_path_does_not_have() {
    assert_eq!(ask("/items/7", "acme", "acme:items:7").await, accepted("acme 7"));
    assert_eq!(ask("/items/7", "other", "acme:items:7").await, not_enough("other:items:7"));
    assert_eq!(ask("/items/8", "acme", "acme:items:7").await, not_enough("acme:items:8"));
}

#[tokio::test]
async fn path_and_function_have_to_agree() {
    assert_eq!(ask("/acme/items/7", "acme", "acme:items:7").await, accepted("acme 7"));
    let expected = (401, Some("Bearer"), r#"{"detail":"Not enough permissions"}"#);
    for granted in ["acme:items:7", "other:items:7", "acme:items:7 other:items:7"] {
        assert_eq!(ask("/other/items/7", "acme", granted).await, expected);
    }
}

#[tokio::test]
async fn a_given_value_has_to_fit_as_well() {
    let expected = (401, Some("Bearer"), r#"{"detail":"Not enough permissions"}"#);
    for tenant in ["", "a:items", "a b", "..", "{tenant}", "a/b", "%2e"] {
        assert_eq!(ask("/items/7", tenant, &format!("{tenant}:items:7")).await, expected, "{tenant}");
    }
}

#[tokio::test]
async fn a_promised_value_that_is_not_given_is_a_mistake_of_the_service() {
    let (answer, log) = logged(ask("/forgetful/7", "acme", "acme:items:7")).await;
    assert_eq!(answer, (500, None, r#"{"detail":"Internal Server Error"}"#));
    assert!(log.len() == 1 && log[0].contains("SecurityScopes::with"), "{log:?}");
}

/// Two values would leave open which one counts.
#[security(values("tenant"))]
async fn undecided(required: SecurityScopes, _: Bearer<Tenants>, headers: HeaderMap) -> Result<(), AuthError> {
    required.with(&[("tenant", "a"), ("tenant", "b")]).check(&granted(&headers))
}

#[security(scopes = ["{tenant}:items:{id}"])]
async fn item_of_the_undecided(_: Depends<undecided>) {}

#[tokio::test]
async fn two_values_for_one_parameter_are_a_mistake_of_the_service() {
    let app = App::new(Router::new().route("/{id}", get(item_of_the_undecided)));
    let request = app.get("/7").bearer("t").header("granted", "a:items:7 b:items:7");
    let (answer, log) = logged(request).await;
    assert_eq!((answer.status(), log.len()), (500, 1));
}

/// Gives its values one by one.
#[security(values("tenant"))]
async fn member_of_a_region(required: SecurityScopes, _: Bearer<Tenants>, headers: HeaderMap) -> Result<(), AuthError> {
    required.with(&[("tenant", "acme")]).with(&[("region", "north")]).check(&granted(&headers))
}

#[security(scopes = ["{tenant}:items:{id}"])]
async fn item_of_a_region(_: Depends<member_of_a_region>) {}

#[tokio::test]
async fn values_that_are_given_later_leave_those_before() {
    let routes = Router::new().route("/{id}", get(item_of_a_region)).route("/{tenant}/{id}", get(item_of_a_region));
    let app = App::new(routes);
    for (path, granted, status) in
        [("/7", "acme:items:7", 200), ("/acme/7", "acme:items:7", 200), ("/other/7", "other:items:7", 401)]
    {
        assert_eq!(app.get(path).bearer("t").header("granted", granted).await.status(), status, "{path}");
    }
}
