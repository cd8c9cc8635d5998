//! Refusals that keep the library's body, or have the body of another scheme.

use super::*;

/// RFC 6749 §5.2 has one form for it, which clients read.
#[tokio::test]
async fn token_endpoint_refusals_keep_their_form() {
    #[security]
    async fn refuses(_: Option<Bearer<Mine>>) -> Result<(), AuthError> {
        Err(AuthError::invalid_grant("Incorrect username or password"))
    }
    #[security]
    async fn handler(_: Depends<refuses>) {}
    let app = Router::new().route("/", get(handler));
    let (status, headers, body) = whole(&app, Request::get("/"), "").await;
    assert_eq!((status, &headers[CONTENT_TYPE]), (400, &"application/json".parse().unwrap()));
    assert_eq!(body, br#"{"error":"invalid_grant","error_description":"Incorrect username or password"}"#);
}

/// A refusal that another scheme has decided is that one's.
#[tokio::test]
async fn the_body_is_that_of_the_scheme_that_decides() {
    #[security]
    async fn either(_: Option<Bearer<Mine>>, _: Option<HttpBasic<TheirsBasic>>) -> Result<(), AuthError> {
        Err(AuthError::unauthorized("Gone").in_style_of::<HttpBasic<TheirsBasic>>())
    }
    #[security]
    async fn handler(_: Depends<either>) {}
    let (status, headers, body) = whole(&Router::new().route("/", get(handler)), Request::get("/"), "").await;
    assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, r#"Basic realm="staff""#));
    assert_eq!(body, br#"{"detail":"Gone"}"#);
}

/// A function that has no answer for some refusal returns the library's, and does not call itself.
#[tokio::test]
async fn the_function_may_return_the_librarys_body() {
    fn only_forbidden(error: &AuthError) -> Response {
        if error.status() == StatusCode::FORBIDDEN { "no".into_response() } else { error.clone().into_response() }
    }
    struct Half;
    impl OAuth2Scheme for Half {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &[(&str, &str)] = &[("items", "")];
        const ERROR_RESPONSE: Own = Some(only_forbidden);
    }
    let (own, plain) = (Router::new().route("/", get(items::<Half>)), Router::new().route("/", get(items::<Theirs>)));
    for token in ["none", "busy", "bad"] {
        let request = || Request::get("/").header("authorization", format!("Bearer {token}"));
        assert_eq!(whole(&own, request(), "").await, whole(&plain, request(), "").await);
    }
    let foreign = Request::get("/").header("authorization", "Bearer foreign");
    let (status, _, body) = whole(&own, foreign, "").await;
    assert_eq!((status, body), (403, b"no".to_vec()));
}

/// An error type that renders everything by hand: no scheme has a say in its body, and the challenge is not lost.
#[tokio::test]
async fn a_body_by_hand_keeps_status_challenge_and_retry_after() {
    struct ByHand(AuthError);
    impl IntoResponse for ByHand {
        fn into_response(self) -> Response {
            let body = Json(json!({ "challenge": self.0.challenge(), "title": self.0.detail() }));
            self.0.respond_with((StatusCode::IM_A_TEAPOT, [(RETRY_AFTER, "99")], body))
        }
    }
    #[security]
    async fn refuses<S: HttpBasicScheme>(Path(how): Path<String>, _: Option<HttpBasic<S>>) -> Result<(), ByHand> {
        Err(ByHand(if how == "busy" { AuthError::unavailable(7) } else { AuthError::unauthorized("Gone") }))
    }
    #[security]
    async fn handler<S: HttpBasicScheme>(_: Depends<refuses<S>>) {}
    for route in [get(handler::<MineBasic>), get(handler::<TheirsBasic>)] {
        let app = Router::new().route("/{how}", route);
        let (status, headers, body) = whole(&app, Request::get("/gone"), "").await;
        assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, r#"Basic realm="staff""#));
        assert_eq!(headers.get(RETRY_AFTER), None);
        assert_eq!(body, br#"{"challenge":"Basic realm=\"staff\"","title":"Gone"}"#);
        let (status, headers, _) = whole(&app, Request::get("/busy"), "").await;
        assert_eq!((status, &headers[RETRY_AFTER]), (503, &HeaderValue::from_static("7")));
        assert_eq!(headers.get(WWW_AUTHENTICATE), None);
    }
}

/// Somebody's own extractor, whose scheme is a constant of no trait.
#[tokio::test]
async fn a_scheme_of_the_services_own_has_a_body_too() {
    const SCHEME: &SchemeInfo = &SchemeInfo::new("Own").with_error_response(problem);
    struct Ticket;
    impl Describe for Ticket {
        const NODE: &'static Node = &Node::scheme(SCHEME);
    }
    impl<S: Sync> FromRequestParts<S> for Ticket {
        type Rejection = AuthError;
        async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, AuthError> {
            Err(AuthError::unauthorized("No ticket"))
        }
    }
    #[security]
    async fn visitor(_: Ticket) -> Result<(), AuthError> {
        Ok(())
    }
    #[security]
    async fn handler(_: Depends<visitor>) {}
    let (status, headers, body) = whole(&Router::new().route("/", get(handler)), Request::get("/"), "").await;
    assert_eq!((status, headers[WWW_AUTHENTICATE].to_str().unwrap()), (401, "Bearer"));
    assert!(body.starts_with(br#"{"challenge":"Bearer","detail":"No ticket","kind":"InvalidToken""#));
}
