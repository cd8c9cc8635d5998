//! Refusals as gRPC clients read them.

use axum::{body::to_bytes, response::AppendHeaders, routing::post};
use axum_scopes::{guard, scheme::ErrorStyle, testing::open_routes};
use axum_scopes_tests::prelude::*;

macro_rules! schemes {
    ($($Scheme:ident $style:ident,)*) => {
        $(
            struct $Scheme;
            impl OAuth2Scheme for $Scheme {
                const FLOWS: Flows = Flows::client_credentials("token");
                const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("write", "Write.")];
                const ERROR_STYLE: ErrorStyle = ErrorStyle::$style;
                const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(AuthError::grpc_response);
            }
        )*
    };
}

schemes! {
    Plain FastApi,
    Coded Rfc6750,
}

/// A token is a list of scopes, or says how it is refused.
#[security]
async fn caller<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<String, AuthError> {
    match token.as_str() {
        "revoked" => return Err(required.unauthorized("Could not validate credentials")),
        "old" => return Err(required.insufficient_user_authentication(&["mfa"], None)),
        "down" => return Err(AuthError::unavailable(7)),
        "again" => return Err(AuthError::too_many_requests(7)),
        "broken" => return Err(AuthError::internal()),
        "disabled" => return Err(AuthError::bad_request("Inactive user")),
        "other" => return Err(AuthError::forbidden("100 % not J\u{f6}'s\r\ngrpc-status: 0")),
        scopes => required.check(&scopes.split('+').collect::<Vec<_>>())?,
    }
    Ok("amy".to_owned())
}

#[security(scopes = ["read", "write"])]
async fn plain(_: Depends<caller<Plain>>) -> &'static str {
    "done"
}

#[security(scopes = ["read", "write"])]
async fn coded(_: Depends<caller<Coded>>) -> &'static str {
    "done"
}

fn app() -> App {
    App::new(Router::new().route("/s/Plain", post(plain)).route("/s/Coded", post(coded)))
}

/// Code, message and challenge of a refusal, which has no body, but the status and the type of every answer of gRPC.
async fn refusal(call: axum_scopes_test_support::Call) -> (String, String, String) {
    let response = call.response().await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/grpc".parse().unwrap())
    );
    let header = |name| {
        let mut values = response.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned());
        let value = values.next().unwrap_or_default();
        assert_eq!(values.next(), None);
        value
    };
    let refusal = (header("grpc-status"), header("grpc-message"), header("www-authenticate"));
    assert!(to_bytes(response.into_body(), 1024).await.unwrap().is_empty());
    refusal
}

#[tokio::test]
async fn each_refusal_has_its_code() {
    let all = r#"scope="read write""#;
    for (token, code, message, plain, coded) in [
        ("revoked", "16", "Could not validate credentials", all, r#"error="invalid_token", scope="read write""#),
        ("read", "7", "Not enough permissions", all, r#"error="insufficient_scope", scope="read write""#),
        (
            "old",
            "16",
            "A different or more recent login is required",
            all,
            r#"error="insufficient_user_authentication", acr_values="mfa""#,
        ),
    ] {
        for (path, challenge) in [("/s/Plain", plain), ("/s/Coded", coded)] {
            let expected = (code.to_owned(), message.to_owned(), format!("Bearer {challenge}"));
            assert_eq!(refusal(app().post(path).bearer(token)).await, expected, "{path} {token}");
        }
    }
    for path in ["/s/Plain", "/s/Coded"] {
        for (token, code, message) in [
            ("down", "14", "Service Unavailable"),
            ("again", "8", "Too Many Requests"),
            ("broken", "13", "Internal Server Error"),
            ("disabled", "3", "Inactive user"),
        ] {
            let expected = (code.to_owned(), message.to_owned(), String::new());
            assert_eq!(refusal(app().post(path).bearer(token)).await, expected, "{path} {token}");
        }
        assert_eq!(app().post(path).bearer("read+write").await, (200, None, "done"));
    }
}

/// RFC 6749 §5.2 has no such characters in a description.
#[tokio::test]
async fn a_message_is_escaped() {
    for (path, message) in
        [("/s/Plain", "100 %25 not J%C3%B6's%0D%0Agrpc-status: 0"), ("/s/Coded", "100 %25 not J?'s??grpc-status: 0")]
    {
        let expected = ("7".to_owned(), message.to_owned(), String::new());
        assert_eq!(refusal(app().post(path).bearer("other")).await, expected, "{path}");
    }
}

#[tokio::test]
async fn a_missing_or_repeated_credential_is_unauthenticated() {
    let twice = |path| app().post(path).bearer("read+write").bearer("read+write");
    let missing = |message: &str, challenge: &str| ("16".to_owned(), message.to_owned(), challenge.to_owned());
    assert_eq!(refusal(app().post("/s/Plain")).await, missing("Not authenticated", "Bearer"));
    assert_eq!(refusal(twice("/s/Plain")).await, missing("Not authenticated", "Bearer"));
    assert_eq!(refusal(app().post("/s/Coded")).await, missing("Unauthorized", r#"Bearer scope="read write""#));
    let repeated = missing("More than one credential was sent", r#"Bearer error="invalid_request""#);
    assert_eq!(refusal(twice("/s/Coded")).await, repeated);
}

#[tokio::test]
async fn a_refusal_says_when_to_try_again() {
    let response = app().post("/s/Plain").bearer("down").response().await;
    assert_eq!(response.headers()["retry-after"], "7");
}

#[tokio::test]
async fn a_guard_refuses_in_the_same_way() {
    let guard = guard!(scopes = ["write"], depends(caller<Plain>));
    let app = App::new(guard.protect(Router::new().route("/s/Any", post(async || "done"))));
    assert_eq!(refusal(app.post("/s/Any")).await.0, "16");
    assert_eq!(refusal(app.post("/s/Any").bearer("read")).await.0, "7");
    assert_eq!(app.post("/s/Any").bearer("write").await, (200, None, "done"));
}

#[security(scopes = ["read"])]
async fn maybe(caller: Option<Depends<caller<Plain>>>) -> &'static str {
    caller.map_or("a stranger", |_| "amy")
}

#[tokio::test]
async fn an_optional_caller_is_told_from_a_refused_one() {
    let app = App::new(Router::new().route("/s/Maybe", post(maybe)));
    assert_eq!(app.post("/s/Maybe").await, (200, None, "a stranger"));
    assert_eq!(app.post("/s/Maybe").bearer("read").await, (200, None, "amy"));
    assert_eq!(refusal(app.post("/s/Maybe").bearer("revoked")).await.0, "16");
    assert_eq!(refusal(app.post("/s/Maybe").bearer("write")).await.0, "7");
}

/// An error type of the service.
struct Failed(AuthError);

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let response = (StatusCode::IM_A_TEAPOT, [("grpc-status", "0")], self.0.grpc_response());
        self.0.respond_with(response)
    }
}

/// Nobody can make a refusal say that the call has succeeded.
#[tokio::test]
async fn the_code_is_the_librarys() {
    #[security]
    async fn caller(required: SecurityScopes, _: Bearer<Api>) -> Result<(), Failed> {
        required.check(&Scopes::from("items")).map_err(Failed)
    }
    #[security(scopes = ["admin"])]
    async fn call(_: Depends<caller>) {}
    let app = App::new(Router::new().route("/s/Call", post(call)));
    let expected = ("7".to_owned(), "Not enough permissions".to_owned(), r#"Bearer scope="admin""#.to_owned());
    assert_eq!(refusal(app.post("/s/Call").bearer("t")).await, expected);
}

/// A refusal of gRPC that the service makes itself, as of tonic's `Status`.
#[derive(Clone, Copy)]
struct Status(&'static [&'static str]);

impl IntoResponse for Status {
    fn into_response(self) -> Response {
        AppendHeaders(self.0.iter().map(|code| ("grpc-status", *code)).collect::<Vec<_>>()).into_response()
    }
}

#[security]
async fn own(State(status): State<Status>) -> Result<(), Status> {
    Err(status)
}

/// A refusal that clients take for success would look like the answer of the method, which did not run.
#[tokio::test]
async fn a_refusal_of_the_services_own_has_a_code_of_failure() {
    #[security(depends(own))]
    async fn call() -> &'static str {
        "done"
    }
    for (codes, status) in [
        (&["7"] as &[_], 200),
        (&["16"], 200),
        (&["0"], 500),
        (&["00"], 500),
        (&["07"], 500),
        (&[""], 500),
        (&["-1"], 500),
        (&["x"], 500),
        (&["7", "0"], 500),
        (&[], 500),
    ] {
        let app = App::new(Router::new().route("/s/Call", post(call)).with_state(Status(codes)));
        let answer = app.post("/s/Call").await;
        assert_eq!(answer.status(), status, "{codes:?}");
        assert_ne!(answer.text(), "done");
    }
}

#[tokio::test]
async fn open_routes_know_a_refusal_of_grpc() {
    let open = post(async || ([("grpc-status", "0")], "done"));
    let unknown = async || ([("grpc-status", "12")], "");
    let router = Router::new().route("/s/Plain", post(plain)).route("/s/Coded", post(coded)).route("/s/Open", open);
    assert_eq!(open_routes(router.fallback(unknown)).await, ["POST /s/Open 200"]);
}
