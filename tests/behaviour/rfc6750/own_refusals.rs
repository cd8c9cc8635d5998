//! Refusals that a service makes itself take the style of the scheme around them, or of the scheme that they name.

use axum_scopes::{HttpBasic, HttpBasicScheme, guard, password::PasswordError};

use super::*;
use axum_scopes_test_support::logged;

use crate::answers::Expected;

fn refusal(how: &str) -> AuthError {
    match how {
        "bad_request" => AuthError::bad_request("Inactive \"user\""),
        "unauthorized" => AuthError::unauthorized("Gone"),
        "forbidden" => AuthError::forbidden("Not the owner"),
        "unavailable" => AuthError::unavailable(7),
        "too_many" => AuthError::too_many_requests(7),
        "busy" => AuthError::from(PasswordError::Busy),
        _ => AuthError::internal(),
    }
}

/// Each refusal in RFC 6750's style, for a scheme whose challenge after an invalid credential is `challenge`.
fn rfc6750(challenge: &str) -> [(&'static str, Expected); 7] {
    let refused = |status, error, description| (status, None, body(error, description));
    [
        ("bad_request", refused(400, "invalid_request", "Inactive 'user'")),
        ("unauthorized", (401, Some(challenge.to_owned()), body("invalid_token", "Gone"))),
        ("forbidden", refused(403, "access_denied", "Not the owner")),
        ("unavailable", refused(503, "temporarily_unavailable", "Service Unavailable")),
        ("too_many", refused(429, "temporarily_unavailable", "Too Many Requests")),
        ("busy", refused(503, "temporarily_unavailable", "Service Unavailable")),
        ("internal", refused(500, "server_error", "Internal Server Error")),
    ]
}

fn fastapi() -> [(&'static str, Expected); 7] {
    let refused = |status, detail| (status, None, format!(r#"{{"detail":"{detail}"}}"#));
    [
        ("bad_request", refused(400, "Inactive \\\"user\\\"")),
        ("unauthorized", (401, Some("Bearer".to_owned()), r#"{"detail":"Gone"}"#.to_owned())),
        ("forbidden", refused(403, "Not the owner")),
        ("unavailable", refused(503, "Service Unavailable")),
        ("too_many", refused(429, "Too Many Requests")),
        ("busy", refused(503, "Service Unavailable")),
        ("internal", refused(500, "Internal Server Error")),
    ]
}

async fn expect(router: Router, expected: [(&'static str, Expected); 7]) {
    let app = App::new(router);
    for (how, expected) in expected {
        let answer = refused(&app, &format!("/{how}"), &["Bearer x"]).await;
        assert_eq!(answer.headers().contains_key("retry-after"), [429, 503].contains(&answer.status()), "{how}");
        assert_eq!(answer.headers().contains_key("cache-control"), answer.status() == 429, "{how}");
        assert_eq!(answer, expected, "{how}");
    }
}

#[security]
async fn user<S: OAuth2Scheme>(required: SecurityScopes, _: Bearer<S>) -> Result<(), AuthError> {
    required.check(&["me"])
}

/// A dependency with a scheme in its own tree.
#[security]
async fn active<S: OAuth2Scheme>(Path(how): Path<String>, _: Depends<user<S>>) -> Result<(), AuthError> {
    Err(refusal(&how))
}

/// A dependency without a scheme. The handler's tree has one.
#[security]
async fn opening_hours(Path(how): Path<String>) -> Result<(), AuthError> {
    Err(refusal(&how))
}

#[security]
async fn shop_hours(_: Depends<opening_hours>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn of_a_dependency<S: OAuth2Scheme>(_: Depends<active<S>>) {}

#[security(scopes = ["me"])]
async fn beside_a_scheme<S: OAuth2Scheme>(_: Depends<user<S>>, _: Depends<shop_hours>) {}

#[security(scopes = ["me"])]
async fn on_an_edge<S: OAuth2Scheme>(#[security(scopes = ["items"])] _: Depends<around<S>>) {}

#[security]
async fn around<S: OAuth2Scheme>(_: Depends<shop_hours>, _: Depends<user<S>>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn of_none(_: Depends<shop_hours>) {}

#[tokio::test]
async fn the_refusal_of_a_dependency_is_in_the_style_of_the_scheme_around_it() {
    for (full, bare, api, scope) in [
        (get(of_a_dependency::<Full>), get(of_a_dependency::<Bare>), get(of_a_dependency::<Api>), ""),
        (get(beside_a_scheme::<Full>), get(beside_a_scheme::<Bare>), get(beside_a_scheme::<Api>), r#", scope="me""#),
        (get(on_an_edge::<Full>), get(on_an_edge::<Bare>), get(on_an_edge::<Api>), r#", scope="me items""#),
    ] {
        let metadata = "https://api.example/.well-known/oauth-protected-resource/v1";
        let realm = r#"Bearer realm="the shop, 2nd floor", error="invalid_token""#;
        let challenge = format!(r#"{realm}{scope}, resource_metadata="{metadata}""#);
        expect(Router::new().route("/{how}", full), rfc6750(&challenge)).await;
        expect(Router::new().route("/{how}", bare), rfc6750(&format!(r#"Bearer error="invalid_token"{scope}"#))).await;
        expect(Router::new().route("/{how}", api), fastapi()).await;
    }
    expect(Router::new().route("/{how}", get(of_none)), fastapi()).await;
}

#[tokio::test]
async fn the_refusal_of_a_guard_is_in_the_style_of_its_scheme() {
    let app = |router: Router| router.route("/{how}", get(async || "in"));
    let rfc = guard!(depends(active::<Bare>)).protect(app(Router::new()));
    expect(rfc, rfc6750(r#"Bearer error="invalid_token""#)).await;
    let beside = guard!(depends(around::<Bare>)).protect(app(Router::new()));
    expect(beside, rfc6750(r#"Bearer error="invalid_token""#)).await;
    let fastapis = guard!(depends(active::<Api>)).protect(app(Router::new()));
    expect(fastapis, fastapi()).await;
}

struct Staff;
impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// A handler has to name the scheme whose style it wants.
#[tokio::test]
async fn the_refusal_of_a_handler_is_in_the_style_that_it_names() {
    let app = |handler| Router::new().route("/{how}", handler);
    let unnamed = app(get(async |Path(how): Path<String>| refusal(&how)));
    expect(unnamed, fastapi()).await;
    let bearer = app(get(async |Path(how): Path<String>| refusal(&how).in_style_of::<Bearer<Bare>>()));
    expect(bearer, rfc6750(r#"Bearer error="invalid_token""#)).await;
    let basic = app(get(async |Path(how): Path<String>| refusal(&how).in_style_of::<HttpBasic<Staff>>()));
    expect(basic, rfc6750(r#"Basic realm="staff""#)).await;
    // The first scheme that is named counts.
    let both = app(get(async |Path(how): Path<String>| {
        refusal(&how).in_style_of::<Bearer<Api>>().in_style_of::<Bearer<Bare>>()
    }));
    expect(both, fastapi()).await;
    // A type without a scheme names no style.
    let none = app(get(async |Path(how): Path<String>| {
        refusal(&how).in_style_of::<Option<SecurityScopes<'static>>>().in_style_of::<Bearer<Bare>>()
    }));
    expect(none, rfc6750(r#"Bearer error="invalid_token""#)).await;
}

#[security]
async fn forgetful(_: SecurityScopes, _: Bearer<Bare>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn forgotten(_: Depends<forgetful>) {}

#[tokio::test]
async fn the_500_of_the_library_is_in_the_style_as_well() {
    let app = App::new(Router::new().route("/", get(forgotten)));
    let (answer, log) = logged(ask(&app, "/", &["Bearer x"])).await;
    assert_eq!(json(answer), (500, None, body("server_error", "Internal Server Error")));
    assert_eq!(log.len(), 1, "{log:?}");
}
