//! What `Debug` shows of what functions take: scopes, and how a token was sent, but not the token.

use axum_scopes::{credential::AccessToken, scheme::Sender};
use axum_scopes_tests::prelude::*;

struct Bound;

impl OAuth2Scheme for Bound {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const SENDER: Sender = Sender::bearer().or_dpop(&["ES256"]);
}

#[security]
async fn seen(required: SecurityScopes, shown: RequiredScopes, token: AccessToken<Bound>) -> Result<String, AuthError> {
    required.check(&Scopes::from("items"))?;
    let presented = token.presented();
    assert_eq!(format!("{token:?}"), format!("AccessToken({presented:?})"));
    Ok(format!("{required:?} {shown:?} {presented:?} {:?}", presented.evidence()))
}

#[security(scopes = ["items"])]
async fn items(text: Depends<seen>) -> String {
    format!("{text:?}").replace("\\\"", "'")
}

#[tokio::test]
async fn debug_shows_scopes_and_senders_and_no_token() {
    let app = App::new(Router::new().route("/", get(items)));
    let answer = app.get("/").header("authorization", "DPoP hunter2").header("dpop", "hunter2").await;
    let shown = "SecurityScopes(['items']) RequiredScopes(['items']) Presented(DPoP, [redacted]) Some(Evidence { sender: Sender { \
        dpop: ['ES256'], certificate: false, required: false, unchecked: false }, method: GET, proofs: 1, certificate: None, .. })";
    assert_eq!(answer.text(), format!("Depends(\"{shown}\")"));
}

#[security]
async fn nothing() {}

#[test]
fn debug_of_the_future_of_a_function_names_no_type() {
    assert_eq!(format!("{:?}", nothing()), "Of");
}
